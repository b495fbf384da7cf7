import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { App } from './app.ts';
import { readStanding } from './user-standing.ts';

/** An OAuth error, as it is told to a callback, to the user or to the client. */
export interface OAuthError {
  error: string;
  description: string;
}

const notInstalled: OAuthError = {
  error: 'app_not_found',
  description: 'External client app is not installed in this org',
};
export const notAdminApproved: OAuthError = {
  error: 'invalid_app_access',
  description: 'user is not admin approved to access this app',
};
const blocked: OAuthError = { error: 'OAUTH_APP_BLOCKED', description: 'this app is blocked by admin' };
const mustBeInstalled: OAuthError = {
  error: 'invalid_client',
  description: 'app must be installed into org',
};

/** Why no user of this org can work through the app any more, or null. */
export function findAppTrouble(app: App): OAuthError | null {
  if (app.blocked) return blocked;
  return app.kind === 'external' && !app.installed ? notInstalled : null;
}

/** Whether the admin leaves the choice to users, or has chosen this one. */
export function isPermitted(app: App, user: UserName): boolean {
  return app.permittedUsers === 'selfAuthorize' || app.approvedUsers.includes(user);
}

/**
 * Why this user cannot approve the app, or null. An uninstalled connected app stays open to those who approved it
 * before, and to those who may approve uninstalled apps:
 * https://help.salesforce.com/s/articleView?id=005132365&type=1
 */
export function findApprovalTrouble(org: SimulatedOrg, app: App, user: UserName): OAuthError | null {
  const trouble = findAppTrouble(app);
  if (trouble !== null) return trouble;
  if (app.installed || readStanding(org, user).approvesUninstalledApps) return null;
  return org.sessions.approvals(user, app.clientId).length > 0 ? null : mustBeInstalled;
}
