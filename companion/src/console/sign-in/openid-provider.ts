import * as openId from 'openid-client';
import type { OpenIdConnectSettings } from './sign-in-settings.ts';
import { matchGrants, verifiedEmail, type Identity, type SignInAttempt } from './signed-in.ts';

const TIMEOUT_IN_SECONDS = 10;
/** What the provider says of itself is asked for again after this; its keys are, whenever an unknown one is used. */
const METADATA_VALIDITY_IN_MS = 3_600_000;

/** The provider that vouches for those who sign in. */
export interface OpenIdProvider {
  /** Begins an attempt. @returns where the browser is sent, and what its session must remember */
  begin(): Promise<{ url: string; attempt: SignInAttempt }>;
  /**
   * Ends an attempt with the address that the provider sent the browser back to.
   *
   * @throws when the answer is not the one to this attempt, or does not hold what it must
   */
  end(callback: URL, attempt: SignInAttempt): Promise<Identity>;
  /** Where to sign out at the provider too, if it offers that. */
  signOutUrl(): Promise<string | undefined>;
}

/** @param publicUrl where the provider sends browsers back to */
export function openProvider(settings: OpenIdConnectSettings, publicUrl: string): OpenIdProvider {
  const configuration = rememberFor(METADATA_VALIDITY_IN_MS, () => discover(settings));
  const redirectUri = `${publicUrl}/v1/session/openid-connect/callback`;
  return {
    async begin() {
      const provider = await configuration();
      const codeVerifier = openId.randomPKCECodeVerifier();
      const attempt = { state: openId.randomState(), nonce: openId.randomNonce(), codeVerifier };
      const url = openId.buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri,
        scope: scopesOf(provider, settings),
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await openId.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, attempt: { ...attempt, startedAt: Date.now() } };
    },

    async end(callback, { state, nonce, codeVerifier }) {
      const provider = await configuration();
      const tokens = await openId.authorizationCodeGrant(provider, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const idToken = tokens.claims();
      if (idToken === undefined) throw new Error('the provider sent no ID token');
      const claims = { ...(await readMore(provider, tokens.access_token, idToken, settings)), ...idToken };
      return {
        name: verifiedEmail(claims) ?? idToken.sub,
        grants: matchGrants(claims, settings),
      };
    },

    async signOutUrl() {
      const provider = await configuration();
      if (provider.serverMetadata().end_session_endpoint === undefined) return undefined;
      return openId.buildEndSessionUrl(provider, { post_logout_redirect_uri: `${publicUrl}/console/` }).href;
    },
  };
}

async function discover({
  issuer,
  clientId,
  clientSecret,
}: OpenIdConnectSettings): Promise<openId.Configuration> {
  const isPlain = new URL(issuer).protocol === 'http:';
  return openId.discovery(new URL(issuer), clientId, undefined, authenticate(clientSecret), {
    timeout: TIMEOUT_IN_SECONDS,
    // Only for providers on this machine: the settings allow no other.
    execute: isPlain ? [openId.allowInsecureRequests] : [],
  });
}

/** Sends the secret in the way that the provider takes it; where it says nothing, the standard says which. */
function authenticate(clientSecret: string): openId.ClientAuth {
  const [inHeader, inBody] = [openId.ClientSecretBasic(clientSecret), openId.ClientSecretPost(clientSecret)];
  return (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (ways.includes('client_secret_basic') ? inHeader : inBody)(server, ...rest);
  };
}

/** Some providers tell what a person belongs to only to those who ask for a scope of that name. */
function scopesOf(provider: openId.Configuration, { roleClaim }: OpenIdConnectSettings): string {
  const offered = provider.serverMetadata().scopes_supported ?? [];
  return ['openid', 'email', 'profile', ...(offered.includes(roleClaim) ? [roleClaim] : [])].join(' ');
}

/** Asks the provider for what the ID token lacks. */
async function readMore(
  provider: openId.Configuration,
  accessToken: string,
  idToken: openId.IDToken,
  { roleClaim }: OpenIdConnectSettings,
): Promise<Record<string, unknown>> {
  const isComplete = idToken.email !== undefined && idToken[roleClaim] !== undefined;
  if (isComplete || provider.serverMetadata().userinfo_endpoint === undefined) return {};
  return openId.fetchUserInfo(provider, accessToken, idToken.sub);
}

/** The answer of a question for a while; a failure is not remembered. */
function rememberFor<Answer>(milliseconds: number, ask: () => Promise<Answer>): () => Promise<Answer> {
  let known: { answer: Promise<Answer>; at: number } | undefined;
  return () => {
    if (known !== undefined && Date.now() - known.at < milliseconds) return known.answer;
    const fresh = { answer: ask(), at: Date.now() };
    known = fresh;
    fresh.answer.catch(() => {
      if (known === fresh) known = undefined;
    });
    return fresh.answer;
  };
}
