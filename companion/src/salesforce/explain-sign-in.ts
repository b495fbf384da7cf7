import type { Reason } from '../outcome.ts';
import type { SalesforceCallError } from './call-error.ts';

/** What to make of a refused sign-in. */
export interface ExplainedSignIn {
  reason: Reason;
  /** False where it may pass by itself, without anybody doing anything here or in Salesforce. */
  needsPerson: boolean;
}

/** Where a cause is mended: in Salesforce alone, with the companion's help, or by waiting. */
type Where = 'there' | 'here' | 'wait';
type Meaning = readonly [code: string, where: Where, explanation: string, action: string];

const ENDED: Meaning = [
  'approval-ended',
  'here',
  "Salesforce has ended the approval: somebody revoked it in the user's or the app's OAuth usage, the app's policy let " +
    'it expire, or the same user approved the app a sixth time.',
  'Reconnect: approve the app again. If it expires each time, let the app keep refresh tokens valid until revoked.',
];
const ROTATED: Meaning = [
  'token-rotated-away',
  'here',
  'The companion was cut off while it renewed the session, so that it never learned the new refresh token. To Salesforce ' +
    'the old one now looks stolen.',
  'Reconnect: approve the app again.',
];
const SECRET: Meaning = [
  'secret-refused',
  'here',
  "Salesforce refuses the app's consumer secret: it was rotated, or was entered wrongly.",
  "Enter the app's present consumer key and secret, then connect again.",
];
const NOT_INSTALLED: Meaning = [
  'app-not-installed',
  'there',
  'The app is not installed in this org, or was uninstalled. What users had approved ended with it.',
  'Install the app in Salesforce (the package Upflow Connection brings it). If users approved it, reconnect after that.',
];
const NOT_APPROVED: Meaning = [
  'user-not-approved',
  'there',
  'The app is for users whom an admin approved, and this user is not one of them.',
  "In the app's policies, add a permission set or profile of the user (Upflow Integration), or let all users authorize themselves.",
];

/** By OAuth's `error`, which is what can be relied upon. */
const BY_ERROR: Record<string, Meaning> = {
  invalid_client: SECRET,
  invalid_client_id: [
    'unknown-app',
    'here',
    'Salesforce knows no app with this consumer key in this org.',
    "Enter the consumer key from the app's OAuth settings, and check that the My Domain is that of the right org.",
  ],
  app_not_found: NOT_INSTALLED,
  invalid_app_access: NOT_APPROVED,
  OAUTH_APP_ACCESS_DENIED: NOT_APPROVED,
  OAUTH_APP_BLOCKED: [
    'app-blocked',
    'there',
    'An admin of the org has blocked the app.',
    'In Setup, Connected Apps OAuth Usage, unblock the app.',
  ],
  access_denied: [
    'declined',
    'here',
    'Somebody pressed Deny on the page of Salesforce. Nothing was changed.',
    'Connect again and press Allow, as a user who may.',
  ],
  redirect_uri_mismatch: [
    'callback-mismatch',
    'here',
    "The app does not list this companion's callback address.",
    "Add the companion's callback address to the app's OAuth settings, character by character.",
  ],
  unsupported_grant_type: [
    'flow-off',
    'there',
    'The app does not allow this way to sign in.',
    "Switch the flow on in the app's settings and policies.",
  ],
  invalid_scope: [
    'scope-refused',
    'here',
    'The app may not be granted what the companion needs.',
    'Give the app the scopes Manage user data via APIs (api) and Perform requests at any time (refresh_token).',
  ],
  invalid_request: [
    'request-refused',
    'here',
    'Salesforce does not accept the request for the reason that its message gives.',
    'Check the settings of the app that the message names, then connect again.',
  ],
  server_error: [
    'salesforce-trouble',
    'wait',
    'Salesforce met an internal error.',
    'Nothing to do: it is tried again.',
  ],
  temporarily_unavailable: [
    'salesforce-trouble',
    'wait',
    'Salesforce was not available.',
    'Nothing to do: it is tried again.',
  ],
};

/** `invalid_grant` means a dozen things; its description is only a hint, so each is matched loosely. */
const INVALID_GRANT: readonly (readonly [RegExp, Meaning])[] = [
  [
    /inactive user/i,
    [
      'inactive-user',
      'there',
      'The user that the companion signs in as was made inactive, or frozen.',
      'Activate or unfreeze the user in Salesforce, or connect as another one.',
    ],
  ],
  [
    /inactive org/i,
    [
      'inactive-organization',
      'there',
      'Salesforce says that the whole org is inactive or locked.',
      'Ask your Salesforce account team, or connect to another org.',
    ],
  ],
  [
    /\bip\b/i,
    [
      'ip-restricted',
      'there',
      "The org accepts sign-ins from certain IP addresses only, and the companion's is not one of them.",
      "Add the companion's address to the login IP ranges of the user's profile, or relax the IP restrictions in the app's policies.",
    ],
  ],
  [/access\/refresh token|refresh token/i, ENDED],
  [
    /login rate|too many/i,
    [
      'login-rate',
      'wait',
      'The user has signed in too often within an hour.',
      'Nothing to do: it is tried again.',
    ],
  ],
  [
    /hasn.t approved/i,
    [
      'user-not-approved',
      'there',
      'No user of this name has approved the app, and no admin did so for the user.',
      "In the app's policies choose Admin approved users are pre-authorized, and add a permission set of the user.",
    ],
  ],
  [
    /audience/i,
    [
      'wrong-audience',
      'here',
      'The org is not of the kind that the address says: a sandbox signs in at test, others at login.',
      'Give the My Domain of the org itself; a sandbox has its name in it, as in acme--uat.',
    ],
  ],
  [
    /invalid assertion/i,
    [
      'key-refused',
      'here',
      "The private key does not belong to the certificate of the app, or the app's flow is not set up for one.",
      'Upload the certificate that belongs to the key to the app, or enter the right key.',
    ],
  ],
  [
    /expired authorization code/i,
    [
      'out-of-time',
      'here',
      'What proves the sign-in was too old when Salesforce saw it: the clocks differ, or it was used twice.',
      'Set the clock of the machine that the companion runs on, then connect again.',
    ],
  ],
  [
    /authorization code|code verifier/i,
    [
      'code-refused',
      'here',
      'Salesforce does not accept its own answer: it was for another app, or another attempt.',
      'Connect again.',
    ],
  ],
  [
    /no client credentials user/i,
    [
      'no-run-as-user',
      'there',
      'The app has no user to run as.',
      "In the app's policies, Client Credentials Flow, give the username of the integration user as Run As.",
    ],
  ],
  [
    /not supported on this domain/i,
    [
      'wrong-domain-for-flow',
      'here',
      'Client credentials work at the My Domain of the org only.',
      'Give the My Domain of the org instead of login or test.',
    ],
  ],
  [
    /authentication failure|invalid password/i,
    ['credentials-refused', 'here', 'Salesforce refuses the credentials.', 'Check them, then connect again.'],
  ],
];

const UNLISTED: Meaning = [
  'sign-in-refused',
  'there',
  'Salesforce refuses the sign-in for the reason that its message gives.',
  'Follow the message, then connect again.',
];

/** Explains why Salesforce refused to give tokens. */
export function explainSignIn({
  message,
  details,
}: Pick<SalesforceCallError, 'message' | 'details'>): ExplainedSignIn {
  const [code, where, explanation, action] = meaningOf(details);
  return {
    reason: { code, message, explanation, action },
    needsPerson: where !== 'wait',
  };
}

function meaningOf({ refusal, afterLostRenewal = false }: SalesforceCallError['details']): Meaning {
  if (refusal === undefined) return UNLISTED;
  const error = refusal.error.replace('access-denied', 'access_denied');
  if (error === 'invalid_client' && /install/i.test(refusal.description)) return NOT_INSTALLED;
  if (error !== 'invalid_grant') return BY_ERROR[error] ?? UNLISTED;
  const meaning = INVALID_GRANT.find(([hint]) => hint.test(refusal.description))?.[1] ?? UNLISTED;
  return meaning === ENDED && afterLostRenewal ? ROTATED : meaning;
}

const MENDED_IN_SALESFORCE: ReadonlySet<string> = new Set(
  [...Object.values(BY_ERROR), ...INVALID_GRANT.map(([, meaning]) => meaning), UNLISTED]
    .filter(([, where]) => where === 'there')
    .map(([code]) => code),
);

/** Whether the reason of a refused sign-in may be mended in Salesforce without anybody telling the companion. */
export function isMendedInSalesforce(code: string | undefined): boolean {
  return code !== undefined && MENDED_IN_SALESFORCE.has(code);
}
