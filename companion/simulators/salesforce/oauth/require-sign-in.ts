import { readPerson } from '../org/read-person.ts';
import { userNames, type UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { App } from './app.ts';
import { isPermitted, notAdminApproved } from './app-access.ts';
import { servesSignIn } from './hosts.ts';
import { OAuthRefusal, type OAuthRequest } from './oauth-request.ts';
import { maySignIn } from './user-standing.ts';

/** Refuses a token to users who may not have one, whatever they prove. */
export function requireSignIn(org: SimulatedOrg, app: App, user: UserName): void {
  if (org.settings.orgLocked) throw OAuthRefusal.grant('inactive organization');
  if (!maySignIn(org, user)) throw OAuthRefusal.grant('inactive user');
  if (!isPermitted(app, user)) throw OAuthRefusal.of(notAdminApproved);
  if (org.settings.ipRestricted) throw OAuthRefusal.grant('ip restricted');
}

/** Refuses what is asked of another org's host, in the words in which it would not know it. */
export function requireOwnHost(org: SimulatedOrg, { host }: OAuthRequest, otherwise: string): void {
  if (!servesSignIn(org, host)) throw OAuthRefusal.grant(otherwise);
}

/** The user with this username, which is the same in any case. */
export function findUsername(org: SimulatedOrg, username: string): UserName | null {
  const wanted = username.trim().toLowerCase();
  return userNames.find((name) => readPerson(org, name).username.toLowerCase() === wanted) ?? null;
}
