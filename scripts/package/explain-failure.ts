import type { CliOutcome } from './salesforce-cli.ts';

/** What to do about failures that have nothing to do with the package itself, by the CLI's name for them. */
const fixes: Readonly<Record<string, string>> = {
  NoDefaultDevHubError:
    'You are not logged in to a Dev Hub. Run: npx sf org login web --set-default-dev-hub --alias DevHub',
  NoDefaultEnvError:
    'No org is chosen. Name one with --target-org, or log in: npx sf org login web --set-default --alias MyOrg',
  NamedOrgNotFoundError: 'You are not logged in to that org. Run: npx sf org login web --alias <its alias>',
  NoAuthInfoFound: 'You are not logged in to that org. Run: npx sf org login web --alias <its alias>',
  RefreshTokenAuthError: 'The login has expired. Log in again: npx sf org login web',
};

/** A failure as a person should read it: what happened, and where it is known, what to do. */
export function explainFailure(step: string, { name, message }: Extract<CliOutcome, { ok: false }>): string {
  const fix = fixes[name];
  const reason = message.replace(/\s+/g, ' ').trim();
  return fix === undefined ? `${step} failed: ${reason} (${name})` : `${step} cannot be done yet. ${fix}`;
}
