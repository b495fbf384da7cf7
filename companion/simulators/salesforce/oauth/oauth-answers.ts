import { createHmac } from 'node:crypto';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { UserName } from '../org/sample-users.ts';
import type { Answer } from '../http/send-answer.ts';
import { readScopes, type App } from './app.ts';
import type { OAuthRefusal } from './oauth-request.ts';
import type { GrantedTokens } from './sessions.ts';
import { signIdToken } from './signing-key.ts';

export function refuse({ error, description }: OAuthRefusal): Answer {
  return { status: 400, body: { error, error_description: description } };
}

/** Where the identity of a user is read. */
export function identityUrl(org: SimulatedOrg, user: UserName): string {
  return `${org.url}/id/${org.identity.organizationId}/${org.users[user].id}`;
}

/** The answer of the token endpoint. It has no `expires_in`: a session's length is the org's policy. */
export async function describeTokens(
  org: SimulatedOrg,
  app: App,
  tokens: GrantedTokens,
  nonce: string | null = null,
): Promise<Answer> {
  const { accessToken, refreshToken, grant } = tokens;
  const id = identityUrl(org, grant.user);
  const issuedAt = String(org.clock.now());
  const signature = createHmac('sha256', app.clientSecret ?? app.clientId)
    .update(id + issuedAt)
    .digest('base64');
  const asksForIdToken = readScopes(grant.scope).includes('openid');
  const idToken = asksForIdToken ? await signIdToken(org, { app, accessToken, subject: id, nonce }) : null;
  const body = {
    access_token: accessToken,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    signature,
    scope: grant.scope,
    ...(idToken === null ? {} : { id_token: idToken }),
    instance_url: org.url,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
  return { status: 200, body };
}
