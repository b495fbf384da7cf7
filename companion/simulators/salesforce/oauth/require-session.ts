import { ApiError } from '../http/api-error.ts';
import { refuseApi, refuseExpiredPassword, refuseLockedOrg, refuseSession } from '../http/api-refusals.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { readBearerToken } from '../http/read-bearer-token.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { readScopes } from './app.ts';
import { findAppTrouble, isPermitted } from './app-access.ts';
import { readHost } from './hosts.ts';
import type { TokenState } from './sessions.ts';
import { maySignIn, readStanding } from './user-standing.ts';

/** The living session of an access token, or null: neither user nor app may have lost access since. */
export function findSession(org: SimulatedOrg, token: string): TokenState | null {
  const session = org.sessions.inspect(token);
  if (session === null) return null;
  const { user, clientId } = session.grant;
  const app = org.apps.find(clientId);
  const isOpen = app !== null && findAppTrouble(app) === null && isPermitted(app, user);
  return isOpen && maySignIn(org, user) ? session : null;
}

/** The user of a call to the data API, or the error of one who may not make it. */
export function requireSession(org: SimulatedOrg, request: ApiRequest): UserName {
  const { authorization, host } = request.headers;
  const token = readBearerToken(authorization);
  if (token === null && authorization !== undefined) {
    throw ApiError.of(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
  }
  const session = readHost(org, host) === 'org' ? findSession(org, token ?? '') : null;
  if (session === null) throw refuseSession('expired');
  requireApiAccess(org, session);
  org.sessions.extend(token ?? '');
  return session.grant.user;
}

function requireApiAccess(org: SimulatedOrg, { grant }: TokenState): void {
  if (!readScopes(grant.scope).some((scope) => scope === 'api' || scope === 'full'))
    throw refuseSession('notForRest');
  if (org.settings.orgLocked) throw refuseLockedOrg();
  if (!org.settings.apiEnabled) throw refuseApi('org');
  const { apiEnabled, passwordExpired } = readStanding(org, grant.user);
  if (!apiEnabled) throw refuseApi('user');
  if (passwordExpired) throw refuseExpiredPassword();
}
