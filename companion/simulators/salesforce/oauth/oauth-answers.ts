import { createHmac } from 'node:crypto';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { UserName } from '../org/sample-users.ts';
import type { Answer } from '../http/send-answer.ts';

/** OAuth errors are objects, not the arrays of the data API, and always 400. */
export function refuse(error: string, description: string): Answer {
  return { status: 400, body: { error, error_description: description } };
}

/** Where the identity of a user is read. */
export function identityUrl(org: SimulatedOrg, user: UserName): string {
  return `${org.url}/id/${org.identity.organizationId}/${org.users[user].id}`;
}

/** The answer of the token endpoint. It has no `expires_in`: a session's length is the org's policy. */
export function describeTokens(
  org: SimulatedOrg,
  user: UserName,
  tokens: { accessToken: string; refreshToken?: string | null; scope: string },
): Answer {
  const id = identityUrl(org, user);
  const issuedAt = String(Date.now());
  const signature = createHmac('sha256', org.identity.clientSecret)
    .update(id + issuedAt)
    .digest('base64');
  const { refreshToken } = tokens;
  const body = {
    access_token: tokens.accessToken,
    ...(typeof refreshToken === 'string' ? { refresh_token: refreshToken } : {}),
    signature,
    scope: tokens.scope,
    instance_url: org.url,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
  return { status: 200, body };
}
