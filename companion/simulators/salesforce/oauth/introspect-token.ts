import type { Answer } from '../http/send-answer.ts';
import { readPerson } from '../org/read-person.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { App } from './app.ts';
import { requireClient } from './check-client.ts';
import { identityUrl } from './oauth-answers.ts';
import type { OAuthRequest } from './oauth-request.ts';
import { findSession } from './require-session.ts';
import type { TokenState } from './sessions.ts';
import { maySignIn } from './user-standing.ts';

/** POST /services/oauth2/introspect. The hint only says where to look first, so it changes nothing. */
export function introspectToken(org: SimulatedOrg, request: OAuthRequest): Answer {
  const app = requireClient(org, request, (known) => known.clientSecret !== null);
  const text = request.form.get('token') ?? '';
  const access = findSession(org, text);
  const token = access ?? inspectRefresh(org, text, app);
  if (token?.grant.clientId !== app.clientId) return { status: 200, body: { active: false } };
  const issued = toSeconds(token.issuedAt);
  const body = {
    active: true,
    scope: token.grant.scope,
    client_id: app.clientId,
    username: readPerson(org, token.grant.user).username,
    sub: identityUrl(org, token.grant.user),
    token_type: access === null ? 'refresh_token' : 'access_token',
    ...(token.expiresAt === null ? {} : { exp: toSeconds(token.expiresAt) }),
    iat: issued,
    nbf: issued,
  };
  return { status: 200, body };
}

function inspectRefresh(org: SimulatedOrg, text: string, app: App): TokenState | null {
  const token = org.sessions.inspectRefresh(text, app);
  return token !== null && maySignIn(org, token.grant.user) ? token : null;
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
