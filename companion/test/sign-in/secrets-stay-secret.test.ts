import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { placeOf } from '../../src/connect/connection-directory.ts';
import {
  makeConnection,
  startConsole,
  type ConsoleBrowser,
  type TestConsole,
} from '../support/start-console.ts';
import { addressOf, callRoute, guardedRoutes, SOME_ID, SOME_UUID } from '../support/walk-routes.ts';
import { newPushSecret } from '../support/sign-push.ts';

const NOWHERE = 'http://127.0.0.1:9';
const secret = () => randomBytes(24).toString('base64url');

/** Everything that must never be seen, by what it is. */
const secrets: Record<string, string> = {
  'push secret': newPushSecret(),
  'API token': secret(),
  'client secret': secret(),
  'API secret of Upflow': secret(),
  'private key': generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string,
  'access token': `00D!${secret()}`,
  'refresh token': secret(),
  'PKCE verifier': secret(),
  'webhook secret': secret(),
};

let companion: TestConsole;
let admin: ConsoleBrowser;
/** What the routes and pages answered, by route. */
const answers: { route: string; text: string }[] = [];
beforeAll(async () => {
  companion = await startConsole({
    simulatorOrigin: NOWHERE,
    provisioned: [
      makeConnection('acme', {
        pushSecrets: [of('push secret')],
        apiTokens: [of('API token')],
        salesforce: { origin: NOWHERE, clientId: 'client', clientSecret: of('client secret') },
      }),
    ],
  });
  await plantSealed();
  admin = companion.openBrowser();
  const token = await companion.makeToken();
  secrets['unused one-time token'] = await companion.makeToken();
  secrets['one-time token'] = token;
  const answer = await admin.call('POST', '/v1/session/link', { body: { token } });
  admin.csrfToken = ((await answer.json()) as { csrfToken: string }).csrfToken;
  const [cookie = ''] = admin.cookies.values();
  secrets.cookie = cookie;
  secrets['session id'] = /^s%3A([^.]+)\./.exec(cookie)?.[1] ?? '';
  await collectAnswers();
});
afterAll(() => companion.stop());

function of(name: string): string {
  const value = secrets[name];
  if (value === undefined || value.length < 16) throw new Error(`no ${name}`);
  return value;
}

async function plantSealed(): Promise<void> {
  const { sealer, database, directory } = companion.services;
  const seal = (name: string, place: (id: string) => string) => sealer.seal(of(name), place('acme'));
  const app = { clientSecret: of('client secret'), privateKey: of('private key'), username: 'integration' };
  const upflow = { apiKey: 'the-key', apiSecret: of('API secret of Upflow') };
  await sql`
    update connection set upflow_environment = 'sandbox',
      upflow_credentials = ${sealer.seal(JSON.stringify(upflow), placeOf.upflowCredentials('acme'))},
      salesforce_app = ${sealer.seal(JSON.stringify(app), placeOf.salesforceApp('acme'))}`.execute(
    database.db,
  );
  await sql`
    insert into salesforce_session (connection_id, access_token, refresh_token, instance_origin)
    values ('acme', ${seal('access token', placeOf.accessToken)}, ${seal('refresh token', placeOf.refreshToken)},
      ${NOWHERE})`.execute(database.db);
  await sql`
    insert into salesforce_authorization (authorization_id, connection_id, state_digest, session_digest, origin,
      verifier, started_by, expires_at)
    values (${randomUUID()}, 'acme', ${Buffer.from('a')}, ${Buffer.from('b')}, ${NOWHERE},
      ${seal('PKCE verifier', placeOf.verifier)}, 'anna', now())`.execute(database.db);
  await sql`
    insert into alert_setting (connection_id, webhook_url, webhook_on, webhook_secret, webhook_secret_hint)
    values ('acme', 'https://alerts.example.com/', false, ${seal('webhook secret', placeOf.alertWebhook)}, 'abc')`.execute(
    database.db,
  );
  directory.forget('acme');
}

/** Looks first, then tries all that changes something, what deletes last. */
async function collectAnswers(): Promise<void> {
  const order = ['get', 'post', 'patch', 'put', 'delete'];
  const routes = guardedRoutes(companion)
    .filter(({ method, path }) => method === 'get' || path !== '/v1/session')
    .sort((one, other) => order.indexOf(one.method) - order.indexOf(other.method));
  for (const route of routes) {
    for (const id of route.path.replace(':connectionId', '').includes(':')
      ? [SOME_ID, SOME_UUID]
      : [SOME_ID]) {
      answers.push(await callRoute(admin, route, addressOf(route, 'acme', id)));
    }
  }
  const pages = ['/openapi.json', '/docs', '/metrics', '/healthz', '/readyz', '/console/', '/nowhere'];
  for (const page of pages) {
    answers.push({ route: page, text: await (await admin.call('GET', page)).text() });
  }
}

/** A secret in every form in which it might turn up. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const line = value.split('\n')[1];
  return [
    ...(line === undefined ? [value] : [line]),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, '').slice(0, -2),
    bytes.toString('base64url').slice(0, -2),
  ];
}

function findIn(text: string): string[] {
  return Object.keys(secrets).filter((name) => formsOf(of(name)).some((form) => text.includes(form)));
}

test('the search finds a secret in clear, in base64 and in hex', () => {
  const value = of('refresh token');
  for (const form of [
    value,
    Buffer.from(`x${value}`).toString('hex'),
    Buffer.from(value).toString('base64'),
  ]) {
    expect(findIn(`before ${form} after`)).toContain('refresh token');
  }
});

test('no answer and no page holds a secret', () => {
  expect(answers.length).toBeGreaterThan(7);
  expect(
    answers.map(({ route, text }) => ({ route, found: findIn(text) })).filter(({ found }) => found.length),
  ).toEqual([]);
});

test('no line of the log holds a secret', () => {
  expect(companion.logLines.join('\n')).toContain('signed in');
  expect(companion.logLines.filter((line) => findIn(line).length > 0)).toEqual([]);
});

test('no cell of the database holds a secret in clear', async () => {
  const { db } = companion.services.database;
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db);
  const found: { table: string; found: string[] }[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ cells: string }>`select t::text as cells from ${sql.table(name)} t`.execute(
      db,
    );
    const text = rows.map(({ cells }) => cells).join('\n');
    if (findIn(text).length > 0) found.push({ table: name, found: findIn(text) });
  }
  expect(tables.length).toBeGreaterThan(10);
  expect(found).toEqual([]);
});
