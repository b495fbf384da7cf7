import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ApiRoute } from '../../src/console/api/route.ts';
import {
  signInAt,
  startIdentityProvider,
  type IdentityProvider,
} from '../support/start-identity-provider.ts';
import {
  makeConnection,
  startConsole,
  type ConsoleBrowser,
  type TestConsole,
} from '../support/start-console.ts';
import { addressOf, callRoute, guardedRoutes, nameOf } from '../support/walk-routes.ts';

const PUBLIC_URL = 'http://companion.example';
const RIVAL_TOKEN = 'the-api-token-of-the-rival-long-enough';

let provider: IdentityProvider;
let companion: TestConsole;
let viewer: ConsoleBrowser;
let admin: ConsoleBrowser;
beforeAll(async () => {
  jest.spyOn(console, 'info').mockReturnValue();
  jest.spyOn(console, 'warn').mockReturnValue();
  provider = await startIdentityProvider([`${PUBLIC_URL}/v1/session/openid-connect/callback`]);
  const { issuer, clientId, clientSecret } = provider;
  companion = await startConsole({
    publicUrl: PUBLIC_URL,
    provisioned: [makeConnection('acme'), makeConnection('rival', { apiTokens: [RIVAL_TOKEN] })],
    signIn: {
      links: true,
      idleInMs: 1_800_000,
      lifetimeInMs: 43_200_000,
      openIdConnect: {
        issuer,
        clientId,
        clientSecret,
        roleClaim: 'groups',
        admins: ['admins'],
        viewers: ['viewers'],
      },
      trustedProxies: 1,
      callsPerMinute: 100_000,
    },
  });
  viewer = companion.openBrowser();
  await signInAt(provider, viewer, PUBLIC_URL, { sub: 'viewer', groups: ['viewers'] });
  admin = companion.openBrowser();
  await admin.signIn();
});
afterAll(async () => {
  await companion.stop();
  await provider.close();
});

/** What each route answers, where it is not the answer that all of them should give. */
async function findOthers(
  expected: number,
  routes: ApiRoute[],
  browser: ConsoleBrowser,
  headers: () => Record<string, string> = () => ({}),
): Promise<string[]> {
  expect(routes).not.toEqual([]);
  const others: string[] = [];
  for (const route of routes) {
    const { status } = await callRoute(browser, route, addressOf(route, 'acme'), headers());
    if (status !== expected) others.push(`${nameOf(route)}: ${status}`);
  }
  return others;
}

const isChange = ({ method }: ApiRoute) => method !== 'get';
const aboutConnections = ({ path }: ApiRoute) => path.includes(':connectionId');

test('no route answers anybody who has not signed in', async () => {
  expect(await findOthers(401, guardedRoutes(companion), companion.openBrowser())).toEqual([]);
});

test('no route answers a token that is none', async () => {
  for (const route of guardedRoutes(companion)) {
    const authorization = 'Bearer not-a-token-of-anybody-at-all-0123456789';
    const address = addressOf(route, 'acme');
    const { status } = await callRoute(companion.openBrowser(), route, address, { authorization });
    expect({ route: nameOf(route), status }).toEqual({ route: nameOf(route), status: 401 });
  }
});

test('a viewer changes nothing', async () => {
  const changes = guardedRoutes(companion).filter((route) => isChange(route) && route.path !== '/v1/session');
  if (changes.length > 0) expect(await findOthers(403, changes, viewer)).toEqual([]);
});

test('a viewer may look at everything but what is for admins', async () => {
  for (const route of guardedRoutes(companion).filter((candidate) => !isChange(candidate))) {
    const { status } = await callRoute(viewer, route, addressOf(route, 'acme'));
    const isRefused = [401, 403].includes(status);
    expect([nameOf(route), isRefused]).toEqual([nameOf(route), route.role === 'admin']);
  }
});

test('no change is made for an admin without the token of the session', async () => {
  const changes = guardedRoutes(companion).filter(isChange);
  expect(await findOthers(403, changes, admin, () => ({ 'x-csrf-token': '' }))).toEqual([]);
});

test('no change is made for an admin whom a page of another site steers', async () => {
  const changes = guardedRoutes(companion).filter(isChange);
  expect(await findOthers(403, changes, admin, () => ({ 'sec-fetch-site': 'same-site' }))).toEqual([]);
});

test('an API token opens nothing but its own connection', async () => {
  for (const route of guardedRoutes(companion)) {
    const authorization = `Bearer ${RIVAL_TOKEN}`;
    const { status } = await callRoute(companion.openBrowser(), route, addressOf(route, 'acme'), {
      authorization,
    });
    expect({ route: nameOf(route), status }).toEqual({ route: nameOf(route), status: 404 });
  }
});

test('a connection that does not exist is not found', async () => {
  for (const route of guardedRoutes(companion).filter(aboutConnections)) {
    const { status } = await callRoute(admin, route, addressOf(route, 'nowhere'));
    expect({ route: nameOf(route), status }).toEqual({ route: nameOf(route), status: 404 });
  }
});

test('whoever calls too often waits, and only they', async () => {
  const { config } = companion.services;
  const busy = await companion.startAnother({
    sealingKeys: config.sealingKeys,
    signIn: { ...config.signIn, callsPerMinute: 3 },
  });
  const [one, other] = [busy.openBrowser(), busy.openBrowser()];
  await one.signIn();
  await other.signIn();
  const statuses: number[] = [];
  for (let call = 0; call < 4; call++) statuses.push((await one.call('GET', '/v1/session')).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const refused = await one.call('GET', '/v1/session');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await other.call('GET', '/v1/session')).status).toBe(200);
  await busy.stop();
});
