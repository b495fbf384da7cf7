import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import type { OpenIdConnectSettings } from '../../src/console/sign-in/sign-in-settings.ts';
import { launchBrowser, openContext } from '../support/launch-browser.ts';
import {
  startIdentityProvider,
  visitProvider,
  type IdentityProvider,
} from '../support/start-identity-provider.ts';
import { startConsole, type ConsoleBrowser, type TestConsole } from '../support/start-console.ts';

const START = '/v1/session/openid-connect/start';
// The address that browsers use is known before the port is: a name of its own, as behind a proxy.
const PUBLIC_URL = 'http://companion.example';

const anna = { sub: 'anna-id', email: 'Anna@example.com', email_verified: true, groups: ['staff'] };
const victor = {
  sub: 'victor-id',
  email: 'victor@example.com',
  email_verified: false,
  groups: ['accounting'],
};
const oscar = { sub: 'oscar-id', email: 'oscar@example.com', email_verified: true, groups: ['sales'] };

let provider: IdentityProvider;
let companion: TestConsole;
let settings: OpenIdConnectSettings;
beforeAll(async () => {
  // The provider warns of being in a test.
  jest.spyOn(console, 'info').mockReturnValue();
  jest.spyOn(console, 'warn').mockReturnValue();
  provider = await startIdentityProvider([`${PUBLIC_URL}/v1/session/openid-connect/callback`]);
  settings = {
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    roleClaim: 'groups',
    admins: ['anna@example.com', 'upflow-admins'],
    viewers: ['accounting'],
  };
  companion = await startConsole({ publicUrl: PUBLIC_URL, ...signInBy(settings) });
});
afterAll(async () => {
  await companion.stop();
  await provider.close();
});

function signInBy(openIdConnect: OpenIdConnectSettings) {
  return {
    signIn: {
      links: false,
      idleInMs: 1_800_000,
      lifetimeInMs: 43_200_000,
      openIdConnect,
      trustedProxies: 1,
      callsPerMinute: 1000,
    },
  };
}

/** Sends the browser off. @returns the address at the provider */
async function begin(browser: ConsoleBrowser): Promise<string> {
  const answer = await browser.call('GET', START);
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

async function signIn(person: IdentityProvider['person'], browser = companion.openBrowser()) {
  const callback = await visitProvider(provider, PUBLIC_URL, await begin(browser), person);
  return { browser, callback, answer: await browser.call('GET', callback) };
}

const readSession = async (browser: ConsoleBrowser) =>
  (await (await browser.call('GET', '/v1/session')).json()) as Record<string, unknown>;

async function lastAudit(): Promise<unknown> {
  const { rows } = await sql`
    select actor, action, details from audit order by sequence desc limit 1`.execute(
    companion.services.database.db,
  );
  return rows[0];
}

/** Changes one parameter of an address. */
function alter(address: string, name: string, value: string | undefined): string {
  const url = new URL(address, PUBLIC_URL);
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return address.startsWith('/') ? url.pathname + url.search : url.href;
}

test('who is on the list of admins by a verified address is an admin, whatever the case of its letters', async () => {
  const { browser, answer } = await signIn(anna);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/console/']);
  expect(await readSession(browser)).toMatchObject({ name: 'anna@example.com', role: 'admin' });
  expect(await lastAudit()).toEqual({
    actor: 'anna@example.com',
    action: 'signed in',
    details: { way: 'openid-connect' },
  });
});

test('who belongs to a group on the list of viewers is a viewer, named by the id that the provider vouches for', async () => {
  const { browser } = await signIn(victor);
  expect(await readSession(browser)).toMatchObject({ name: 'victor-id', role: 'viewer' });
});

test('who is on both lists is an admin', async () => {
  const { browser } = await signIn({ ...victor, groups: ['accounting', 'upflow-admins'] });
  expect(await readSession(browser)).toMatchObject({ role: 'admin' });
});

test('a provider that says one group instead of a list is understood', async () => {
  const { browser } = await signIn({ ...victor, groups: 'accounting' });
  expect(await readSession(browser)).toMatchObject({ role: 'viewer' });
});

test.each([
  ['is on no list', oscar],
  ['has the address of an admin that nobody verified', { ...anna, email_verified: false }],
  ['has an address that nobody says is verified', { sub: 'x', email: anna.email }],
  ['is in a group that is called like the address of an admin', { ...oscar, groups: ['anna@example.com'] }],
  [
    'is in a group whose name only begins like one of the list',
    { ...oscar, groups: ['accounting-trainees'] },
  ],
])('who %s does not get in', async (_, person) => {
  const { browser, answer } = await signIn(person);
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({
    title: 'You may not use this console',
    detail: expect.stringContaining('Ask whoever runs this companion'),
  });
  expect((await browser.call('GET', '/v1/session')).status).toBe(401);
  expect(await lastAudit()).toMatchObject({
    action: 'sign-in refused',
    details: { way: 'openid-connect', reason: 'not-on-a-list' },
  });
});

test('who was taken from the lists is out as soon as the companion runs with the new lists', async () => {
  const { browser } = await signIn(victor);
  const { sealingKeys } = companion.services.config;
  const changed = await companion.startAnother({ sealingKeys, ...signInBy({ ...settings, viewers: [] }) });
  const same = changed.openBrowser();
  same.cookies = new Map(browser.cookies);
  expect((await same.call('GET', '/v1/session')).status).toBe(401);
  expect((await browser.call('GET', '/v1/session')).status).toBe(200);
  await changed.stop();
});

test.each([
  ['state', 'of-somebody-else'],
  ['state', undefined],
  ['code', 'made-up'],
  ['code', undefined],
  ['iss', 'https://evil.example'],
  ['iss', undefined],
])('an answer with another %s (%s) is not trusted', async (name, value) => {
  const browser = companion.openBrowser();
  const callback = await visitProvider(provider, PUBLIC_URL, await begin(browser), anna);
  const answer = await browser.call('GET', alter(callback, name, value));
  expect(answer.status).toBe(502);
  expect((await browser.call('GET', '/v1/session')).status).toBe(401);
});

test.each(['nonce', 'code_challenge'])(
  'an answer to a request whose %s was changed is not trusted',
  async (name) => {
    const browser = companion.openBrowser();
    const other = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    const callback = await visitProvider(
      provider,
      PUBLIC_URL,
      alter(await begin(browser), name, other),
      anna,
    );
    expect((await browser.call('GET', callback)).status).toBe(502);
    expect((await browser.call('GET', '/v1/session')).status).toBe(401);
  },
);

test('an answer signs in once, and only the browser that asked for it', async () => {
  const browser = companion.openBrowser();
  const callback = await visitProvider(provider, PUBLIC_URL, await begin(browser), anna);
  expect((await companion.openBrowser().call('GET', callback)).status).toBe(400);
  expect((await browser.call('GET', callback)).status).toBe(303);
  const [name = ''] = browser.cookies.keys();
  const signedIn = browser.cookies.get(name);
  const again = await browser.call('GET', callback);
  expect(again.status).toBe(400);
  expect(await again.json()).toMatchObject({ title: 'This sign-in is over' });
  expect(browser.cookies.get(name)).toBe(signedIn);
});

test('a sign-in that somebody gives up says so', async () => {
  const browser = companion.openBrowser();
  const state = new URL(await begin(browser)).searchParams.get('state') ?? '';
  const query = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer });
  const answer = await browser.call('GET', `/v1/session/openid-connect/callback?${query.toString()}`);
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ title: 'You were not signed in' });
});

test('the session after the sign-in is not the one before it', async () => {
  const browser = companion.openBrowser();
  const address = await begin(browser);
  const before = new Map(browser.cookies);
  await browser.call('GET', await visitProvider(provider, PUBLIC_URL, address, anna));
  const old = companion.openBrowser();
  old.cookies = before;
  expect((await old.call('GET', '/v1/session')).status).toBe(401);
});

test('whoever signs out is told where to sign out at the provider too', async () => {
  const { browser } = await signIn(anna);
  const { signOutUrl, csrfToken } = await readSession(browser);
  const url = new URL(String(signOutUrl));
  expect(url.origin).toBe(provider.issuer);
  expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${PUBLIC_URL}/console/`);
  browser.csrfToken = String(csrfToken);
  expect((await browser.call('DELETE', '/v1/session')).status).toBe(204);
  expect((await browser.call('GET', '/v1/session')).status).toBe(401);
  expect(await lastAudit()).toMatchObject({ actor: 'anna@example.com', action: 'signed out' });
});

test('the provider is asked what it can do once, not at each sign-in', async () => {
  await signIn(anna);
  const before = provider.discoveries;
  await signIn(anna);
  await signIn(victor);
  expect(provider.discoveries).toBe(before);
});

test('while the provider is away nobody can sign in, and is told so', async () => {
  const away = { ...settings, issuer: 'http://127.0.0.1:1' };
  const lonely = await companion.startAnother(signInBy(away));
  const answer = await lonely.openBrowser().call('GET', START);
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ title: 'The sign-in could not be finished' });
  await lonely.stop();
});

test('secrets, codes and addresses with them are not in the log', async () => {
  const { callback } = await signIn(oscar);
  const log = companion.logLines.join('\n');
  const code = new URL(callback, PUBLIC_URL).searchParams.get('code') ?? '';
  for (const secret of [code, provider.clientSecret, 'oscar@example.com', 'companion.example/v1']) {
    expect(log).not.toContain(secret);
  }
  expect(log).toContain('"problem":"not-on-a-list"');
});

test('a person who is refused sees a page that says why, readable for everybody', async () => {
  const chromium = await launchBrowser();
  const page = await (await openContext(chromium)).newPage();
  await page.goto(`${companion.url}/v1/session/openid-connect/callback`);
  await page.getByRole('heading', { name: 'This sign-in is over' }).waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await chromium.close();
}, 90_000);
