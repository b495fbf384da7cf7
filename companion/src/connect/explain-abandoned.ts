/** Why somebody who was sent to Salesforce may never come back, and what to do about it. */
export interface Hint {
  title: string;
  explanation: string;
  action: string;
}

/**
 * In all of these cases Salesforce keeps the user on a page of its own and tells the app nothing, so the page that
 * waits has to explain them.
 */
export function explainAbandoned(options: {
  redirectUri: string;
  host: string;
  knownOrganization: boolean;
}): Hint[] {
  const { redirectUri, host, knownOrganization } = options;
  return [
    {
      title: 'The window was closed, or nobody pressed Allow',
      explanation: 'Nothing was changed. Salesforce tells us nothing when its page is left.',
      action: 'Begin again.',
    },
    {
      title: 'Salesforce shows OAUTH_APPROVAL_ERROR_GENERIC, or "app must be installed into org"',
      explanation:
        'The app is not installed in this org. Since September 2025 users may not approve apps that are not installed.',
      action:
        'Have an admin install the package with the app Upflow Connection first, or approve it as a user with the ' +
        'permission "Approve Uninstalled Connected Apps".',
    },
    {
      title: 'Salesforce shows "app_not_found", or that the External Client App is not installed',
      explanation: `The org at ${host} does not have the app. Perhaps the login was to another org than meant.`,
      action:
        'Log out of Salesforce, begin again and log in to the right org; install the app there if it is missing.',
    },
    {
      title: 'Salesforce shows that the user is not admin approved (OAUTH_APP_ACCESS_DENIED)',
      explanation: 'The app is for users whom an admin approved, and this user is not one of them.',
      action:
        "In the app's policies add a permission set of the user under Permitted Users, then begin again.",
    },
    {
      title: 'Salesforce shows "redirect_uri_mismatch" or "invalid_client_id"',
      explanation: `The app does not know ${redirectUri} as its callback, or the consumer key is wrong.`,
      action: "Compare both with the app's OAuth settings, character by character.",
    },
    {
      title: 'Salesforce does not let the user log in',
      explanation:
        'The user is inactive or frozen, may only use the API, or may not log in from this IP address or hour.',
      action: 'Log in as another user, or have an admin look at the login history of the user in Setup.',
    },
    ...(knownOrganization
      ? [
          {
            title: 'The login was to another org than before',
            explanation: 'This connection belongs to the org that it was first connected to.',
            action: 'Log in to that org, or choose Switch organization first.',
          },
        ]
      : []),
  ];
}
