import { generateKeyPairSync } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { Provider, type Context } from 'oidc-provider';
import { listen } from './listen.ts';
import type { ConsoleBrowser } from './start-console.ts';

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

/**
 * What a provider makes of an address that the companion sent a browser to, for a person who is signed in there.
 *
 * @returns the path to come back to
 */
export async function visitProvider(
  provider: IdentityProvider,
  publicUrl: string,
  address: string,
  person: IdentityProvider['person'],
): Promise<string> {
  provider.person = person;
  const cookies = new Map<string, string>();
  let next = address;
  while (!next.startsWith(publicUrl)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const header of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`${answer.status} ${await answer.text()}`);
    next = new URL(location, next).href;
  }
  return next.slice(publicUrl.length);
}

/** Signs a browser in at the companion as a person of the provider. */
export async function signInAt(
  provider: IdentityProvider,
  browser: ConsoleBrowser,
  publicUrl: string,
  person: IdentityProvider['person'],
): Promise<void> {
  const start = await browser.call('GET', '/v1/session/openid-connect/start');
  const address = start.headers.get('location') ?? '';
  await browser.call('GET', await visitProvider(provider, publicUrl, address, person));
  const session = await browser.call('GET', '/v1/session');
  browser.csrfToken = ((await session.json()) as { csrfToken: string }).csrfToken;
}
