import { createHash, randomBytes } from 'node:crypto';

/** The least that lets the companion work while nobody is there. */
const SCOPE = 'api refresh_token';

/** What is made anew for each authorization: 256 random bits for each of the two. */
export interface AuthorizationSecrets {
  /** Comes back in the callback; only its digest is kept. */
  state: string;
  /** Proves at the token endpoint that the code is ours (RFC 7636). */
  verifier: string;
}

export function newAuthorizationSecrets(): AuthorizationSecrets {
  return { state: randomBytes(32).toString('base64url'), verifier: randomBytes(32).toString('base64url') };
}

/** The page of the org on which a user approves the app. */
export function authorizeAddress(
  origin: string,
  request: {
    clientId: string;
    redirectUri: string;
    secrets: AuthorizationSecrets;
    /** Has Salesforce ask who it is, even in a browser where somebody is logged in. */
    asksWho: boolean;
    /** Who approved before. */
    loginHint: string | undefined;
  },
): string {
  const { clientId, redirectUri, secrets, asksWho, loginHint } = request;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SCOPE,
    state: secrets.state,
    code_challenge: createHash('sha256').update(secrets.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(asksWho ? { prompt: 'login' } : {}),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  });
  return `${origin}/services/oauth2/authorize?${query.toString()}`;
}
