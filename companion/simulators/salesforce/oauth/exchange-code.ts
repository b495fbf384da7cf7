import { createHash } from 'node:crypto';
import type { Answer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { asksForRefresh } from './app.ts';
import { redeemCode, type IssuedCode } from './authorization-codes.ts';
import { requireClient } from './check-client.ts';
import { describeTokens } from './oauth-answers.ts';
import { OAuthRefusal, type OAuthRequest } from './oauth-request.ts';
import { requireOwnHost, requireSignIn } from './require-sign-in.ts';

/** The second half of the web-server flow: tokens for the code that the callback was given. */
export function exchangeCode(org: SimulatedOrg, request: OAuthRequest): Promise<Answer> {
  const { form } = request;
  const app = requireClient(org, request, (known) => known.clientSecret !== null);
  requireOwnHost(org, request, 'invalid authorization code');
  const asked = { text: form.get('code') ?? '', clientId: app.clientId };
  return redeemCode(org, asked, (code) => {
    if (form.get('redirect_uri') !== code.redirectUri) {
      throw new OAuthRefusal('redirect_uri_mismatch', 'redirect_uri must match configuration');
    }
    checkVerifier(code, form.get('code_verifier') ?? '');
    requireSignIn(org, app, code.user);
    const { user, clientId, scope } = code;
    const withRefresh = asksForRefresh(scope);
    const tokens = org.sessions.grant({ user, clientId, scope, withRefresh, approved: true });
    return { family: tokens.grant.family, answer: () => describeTokens(org, app, tokens, code.nonce) };
  });
}

/** Verifiers longer than the 128 characters of the standard are taken: clients that make such ones do sign in. */
function checkVerifier(code: IssuedCode, verifier: string): void {
  if (code.challenge === null) return;
  const hashed = createHash('sha256').update(verifier).digest('base64url');
  if (hashed !== code.challenge.replace(/=+$/, '')) throw OAuthRefusal.grant('invalid code verifier');
}
