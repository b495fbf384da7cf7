import { generateKeyPairSync } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { Provider, type Context } from 'oidc-provider';
import { listen } from './listen.ts';

const CLIENT_ID = 'companion';
const CLIENT_SECRET = 'canary-openid-client-secret';

export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who is signed in there, and what it says of them. */
  person: Record<string, unknown> & { sub: string };
  /** How often the companion asked what the provider can do. */
  discoveries: number;
  close(): Promise<void>;
}

/** A real OpenID provider that signs in whom the test names, without asking. */
export async function startIdentityProvider(callbackUrls: string[]): Promise<IdentityProvider> {
  let answer: RequestListener = () => undefined;
  const listening = await listen((req, res) => answer(req, res));
  const { url: issuer } = listening;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: callbackUrls,
        post_logout_redirect_uris: callbackUrls.map((url) => new URL('/console/', url).href),
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => '/sign-in' },
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => identity.person,
    }),
    async loadExistingGrant({ oidc }: Context) {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
  });
  const serve = provider.callback();
  answer = (req, res) => {
    if (req.url?.includes('.well-known') === true) identity.discoveries++;
    if (req.url !== '/sign-in') serve(req, res);
    else void provider.interactionFinished(req, res, { login: { accountId: identity.person.sub } });
  };
  const identity: IdentityProvider = {
    issuer,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    person: { sub: 'nobody' },
    discoveries: 0,
    close: () => listening.close(),
  };
  return identity;
}
