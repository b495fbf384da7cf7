import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createApp } from '../../src/app.ts';
import type { ProvisionedConnection } from '../../src/connect/read-connections-file.ts';
import { provisionConnections } from '../../src/connect/provision-connections.ts';
import { readSecret } from '../../src/export/2-verify.ts';
import { createPushStore } from '../../src/export/3-store.ts';
import { openServices } from '../../src/services.ts';
import { openDatabase, type Database } from '../../src/store/open-database.ts';
import { collectLog } from '../support/collect-log.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { listen, type Listening } from '../support/listen.ts';
import { makeConfig } from '../support/make-config.ts';
import { newPushSecret, signPush } from '../support/sign-push.ts';

const LIMIT = 2000;
const secret = newPushSecret();
const otherSecret = newPushSecret();
const apiToken = 'a-token-of-at-least-thirty-two-characters';
const connection = (id: string, by: string, tokens: string[]): ProvisionedConnection => ({
  id,
  name: id,
  pushSecrets: [by],
  apiTokens: tokens,
  salesforce: { origin: 'https://acme.my.salesforce.com', clientId: 'x', clientSecret: 'x' },
  identifier: { upflow: 'externalId', salesforce: 'AccountNumber' },
});
const provisioned = [
  connection('acme', secret, [apiToken]),
  connection('other', otherSecret, ['another-token-of-thirty-two-characters']),
];
const { log, lines } = collectLog();

let testDatabase: TestDatabase;
let database: Database;
let server: Listening;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.location);
  const store = createPushStore(database.db, { flights: 1, onStored: () => undefined });
  const config = makeConfig(testDatabase, { pushBodyLimitInBytes: LIMIT });
  const services = openServices({ config, database, kick: () => undefined, log });
  await provisionConnections(database.db, services.sealer, provisioned);
  server = await listen(
    createApp({ services, storePush: (push) => store.store(push), isAcceptingWork: () => true }),
  );
});
afterAll(async () => {
  await server.close();
  await database.close();
  await testDatabase.remove();
});
beforeEach(async () => {
  await database.db.deleteFrom('push').execute();
  lines.length = 0;
});

const body = JSON.stringify({
  type: 'customer.updated',
  timestamp: '2026-11-22T10:15:30.123Z',
  data: { id: 'c1', name: 'Canary Industries', currency: 'USD', amountDue: 98_765_432 },
});

function sendBytes(bytes: Buffer<ArrayBuffer>) {
  const signed = `push_1.${String(Math.floor(Date.now() / 1000))}.`;
  const signature = createHmac('sha256', readSecret(secret)).update(signed).update(bytes).digest('base64');
  return send(bytes, {
    'webhook-id': 'push_1',
    'webhook-timestamp': signed.split('.')[1] ?? '',
    'webhook-signature': `v1,${signature}`,
  });
}

async function send(
  text: string | Buffer<ArrayBuffer>,
  headers = signPush(String(text), secret),
  connectionId = 'acme',
) {
  const answer = await fetch(`${server.url}/v1/connections/${connectionId}/pushes`, {
    method: 'POST',
    headers,
    body: text,
  });
  return {
    status: answer.status,
    headers: answer.headers,
    json: (await answer.json()) as Record<string, unknown>,
  };
}

const stored = () => database.db.selectFrom('push').select(['push_id', 'body']).execute();

test('a signed push is answered 202 when it is stored, with the address to ask what became of it', async () => {
  const { status, headers, json } = await send(body);
  expect([status, json]).toEqual([202, { id: 'push_1', status: 'accepted' }]);
  expect(headers.get('location')).toBe('/v1/connections/acme/pushes/push_1');
  expect(await stored()).toEqual([{ push_id: 'push_1', body }]);
});

test('a push that comes again is answered 202 again and stored once', async () => {
  const copies = await Promise.all([send(body), send(body), send(body)]);
  expect(copies.map(({ status }) => status)).toEqual([202, 202, 202]);
  expect((await send(body)).status).toBe(202);
  expect(await stored()).toHaveLength(1);
});

test('a push of a type that nobody knows is stored and answered 202', async () => {
  const text = JSON.stringify({ type: 'invoice.paid', timestamp: '2026-11-22T10:15:30Z', data: {} });
  expect((await send(text)).status).toBe(202);
  expect(await stored()).toHaveLength(1);
});

describe('is refused with a reason, and leaves a log line and nothing else:', () => {
  const cases: [string, number, () => ReturnType<typeof send>, RegExp][] = [
    ['a wrong signature', 401, () => send(body, signPush(body, newPushSecret())), /webhook-signature/],
    [
      'an old timestamp',
      401,
      () => send(body, signPush(body, secret, { at: minutesAgo(6) })),
      /webhook-timestamp/,
    ],
    [
      'a timestamp ahead',
      401,
      () => send(body, signPush(body, secret, { at: minutesAgo(-6) })),
      /webhook-timestamp/,
    ],
    ['a missing signature', 401, () => send(body, {}), /webhook-id/],
    ['a body changed on the way', 401, () => send(`${body} `, signPush(body, secret)), /signature/],
    ['a push for another connection', 401, () => send(body, signPush(body, secret), 'other'), /signature/],
    ['an unknown connection', 404, () => send(body, signPush(body, secret), 'nobody'), /connection/],
    ['a body that is too large', 413, () => send('x'.repeat(LIMIT + 1)), /2000 bytes/],
    ['an empty body', 400, () => send(''), /JSON/],
    ['a body that is not JSON', 400, () => send('{'), /JSON/],
    ['a body that is not UTF-8', 400, () => sendBytes(Buffer.from([0x22, 0xff, 0x22])), /UTF-8/],
    ['a body that breaks the schema', 422, () => send('{"type":"customer.updated"}'), /timestamp/],
    ['a body that is no object', 422, () => send('[1]'), /object/],
  ];
  test.each(cases)('%s: %d', async (_name, status, act, detail) => {
    const answer = await act();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(answer.json).toMatchObject({
      status,
      type: expect.stringContaining('urn:'),
      title: expect.any(String),
    });
    expect(answer.json.detail).toMatch(detail);
    expect(await stored()).toEqual([]);
    expect(lines).toHaveLength(1);
  });

  test('a compressed body: 415', async () => {
    const answer = await fetch(`${server.url}/v1/connections/acme/pushes`, {
      method: 'POST',
      headers: { ...signPush(body, secret), 'content-encoding': 'gzip' },
      body: gzipSync(body),
    });
    expect(answer.status).toBe(415);
    expect(await stored()).toEqual([]);
  });
});

test('neither answers nor logs show secrets, names or amounts', async () => {
  const refused = await send(body, signPush(body, newPushSecret()));
  const invalid = await send(body.replace('"USD"', '"ABC"'));
  const seen = JSON.stringify([refused.json, invalid.json, ...lines]);
  for (const canary of [secret.slice(6), otherSecret.slice(6), 'Canary', '98765432'])
    expect(seen).not.toContain(canary);
});

test('a push that cannot be stored is answered 503 with the time to come back, and can be sent again', async () => {
  await database.db.schema.alterTable('push').renameTo('push_away').execute();
  const answer = await send(body);
  await database.db.schema.alterTable('push_away').renameTo('push').execute();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await send(body)).status).toBe(202);
});

describe('who asks what became of a push', () => {
  const ask = (path: string, token?: string) =>
    fetch(`${server.url}/v1/connections/${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  test('learns that it is pending until it was worked on', async () => {
    await send(body);
    const answer = await ask('acme/pushes/push_1', apiToken);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ id: 'push_1', type: 'customer.updated', outcome: 'pending', customers: [] }),
    ]);
  });

  test('needs a token of that very connection', async () => {
    await send(body);
    const answers = await Promise.all([
      ask('acme/pushes/push_1'),
      ask('acme/pushes/push_1', 'wrong'),
      ask('other/pushes/push_1', apiToken),
      ask('nobody/pushes/push_1', apiToken),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 404, 404]);
  });

  test('gets 404 for a push that never came', async () => {
    expect((await ask('acme/pushes/never', apiToken)).status).toBe(404);
  });
});

test.each(['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs'])('%s answers 200', async (path) => {
  expect((await fetch(server.url + path)).status).toBe(200);
});

test('an address that is not part of the API says where to look', async () => {
  const answer = await fetch(`${server.url}/v1/nothing`);
  expect([answer.status, await answer.json()]).toEqual([
    404,
    expect.objectContaining({ detail: expect.stringContaining('/openapi.json') }),
  ]);
});

function minutesAgo(minutes: number): Date {
  return new Date(Date.now() - minutes * 60_000);
}
