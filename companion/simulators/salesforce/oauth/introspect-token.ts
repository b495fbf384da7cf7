import type { Answer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { checkClient, readClient } from './check-client.ts';
import { identityUrl } from './oauth-answers.ts';

/** POST /services/oauth2/introspect */
export function introspectToken(
  org: SimulatedOrg,
  form: URLSearchParams,
  authorization: string | undefined,
): Answer {
  const wrong = checkClient(org, readClient(form, authorization), true);
  if (wrong !== null) return wrong;
  const token = org.sessions.inspect(form.get('token') ?? '');
  if (token === null) return { status: 200, body: { active: false } };
  const issued = Math.floor(token.issuedAt / 1000);
  const body = {
    active: true,
    scope: 'refresh_token api',
    client_id: org.identity.clientId,
    username: org.users[token.user].username,
    sub: identityUrl(org, token.user),
    token_type: 'access_token',
    exp: Math.floor(token.expiresAt / 1000),
    iat: issued,
    nbf: issued,
  };
  return { status: 200, body };
}
