import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sql } from 'kysely';
import { openUpflowClient } from '../../src/upflow/api-client.ts';
import { shareTurns } from '../../src/upflow/take-turns.ts';
import { listen, type Listening } from '../support/listen.ts';
import { startConsole, type ConsoleBrowser, type TestConsole } from '../support/start-console.ts';
import type { Answer, Problem, View } from './open-connecting.ts';

const KEY = 'canary-upflow-key-1234';
const SECRET = 'canary-upflow-secret';

let upflow: Listening;
let console: TestConsole;
let browser: ConsoleBrowser;
let calls: { path: string; atOnce: number }[] = [];
let answer: ((req: IncomingMessage, res: ServerResponse) => boolean) | undefined;

beforeAll(async () => {
  let atOnce = 0;
  upflow = await listen((req, res) => {
    calls.push({ path: req.url ?? '', atOnce: ++atOnce });
    res.on('close', () => atOnce--);
    if (answer?.(req, res) === true) return;
    const send = (status: number, body: unknown) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (req.headers['x-api-key'] !== KEY || req.headers['x-api-secret'] !== SECRET) {
      send(401, { message: 'Invalid API key or secret.' });
      return;
    }
    send(200, { customers: [], total: 0 });
  });
  console = await startConsole({ upflowSimulatorOrigin: upflow.url });
  browser = console.openBrowser();
  await browser.signIn();
});
afterEach(() => {
  answer = undefined;
  calls = [];
});
afterAll(async () => {
  await console.stop();
  await upflow.close();
});

async function api<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
  const reply = await browser.call(method, `/v1/connections${path}`, body === undefined ? {} : { body });
  const text = await reply.text();
  return { status: reply.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
}
const make = async (name: string) => (await api<View>('POST', '', { name })).body.id;
const credentials = { environment: 'sandbox', apiKey: KEY, apiSecret: SECRET };
const db = () => console.services.database.db;

test('a key that Upflow accepts is kept, and only its last four characters are shown', async () => {
  const id = await make('Accepted');
  const { status, body } = await api<View>('PUT', `/${id}/upflow`, credentials);
  expect(status).toBe(200);
  expect(body.upflow).toMatchObject({ environment: 'sandbox', apiKey: '1234', state: 'ok', reason: null });
  expect(body.steps).toMatchObject({ upflow: 'done', salesforce: 'next' });
  expect(calls.map(({ path }) => path)).toEqual(['/v1/customers?offset=0&limit=1']);
  expect(await api<View>('DELETE', `/${id}/upflow`)).toMatchObject({ body: { upflow: null } });
});

test('a key that Upflow refuses is not kept, and the answer says what to do', async () => {
  const id = await make('Refused');
  const { status, body } = await api<Problem>('PUT', `/${id}/upflow`, { ...credentials, apiSecret: 'wrong' });
  expect(status).toBe(422);
  expect(body).toMatchObject({
    reason: { code: 'upflow-refused', action: expect.stringContaining('Settings') },
  });
  expect((await api<View>('GET', `/${id}`)).body.upflow).toBeNull();
});

test('a key that is refused later shows as refused', async () => {
  const id = await make('Later');
  await api('PUT', `/${id}/upflow`, credentials);
  answer = (_req, res) => {
    res.writeHead(401).end('{"message":"gone"}');
    return true;
  };
  expect(await api<View>('POST', `/${id}/upflow/check`)).toMatchObject({
    status: 200,
    body: { upflow: { state: 'refused', reason: { code: 'upflow-refused' } } },
  });
  answer = undefined;
  expect(await api<View>('POST', `/${id}/upflow/check`)).toMatchObject({ body: { upflow: { state: 'ok' } } });
});

test('a redirect is not followed with the key, a busy server is asked again, and a stalled body has an end', async () => {
  const access = { environment: 'production' as const, apiKey: KEY, apiSecret: SECRET };
  const client = openUpflowClient(access, {
    timeoutInMs: 300,
    turns: shareTurns(db(), 'nobody', { timeoutInMs: 300, callsPerMinute: 600 }),
    simulatorOrigin: upflow.url,
    waitsInMs: [5, 5],
  });
  answer = (_req, res) => {
    res.writeHead(302, { location: `${upflow.url}/steal` }).end();
    return true;
  };
  await expect(client.checkCredentials()).rejects.toMatchObject({ problem: 'redirect' });
  expect(calls).toHaveLength(1);

  calls = [];
  answer = (_req, res) => {
    if (calls.length > 2) return false;
    res.writeHead(calls.length === 1 ? 429 : 503).end();
    return true;
  };
  await client.checkCredentials();
  expect(calls).toHaveLength(3);

  answer = (_req, res) => {
    res.writeHead(200).write('{"customers"');
    return true;
  };
  await expect(client.checkCredentials()).rejects.toMatchObject({ problem: 'timeout' });
});

test('no more than five calls are under way at once, whoever makes them', async () => {
  const access = { environment: 'production' as const, apiKey: KEY, apiSecret: SECRET };
  const clients = ['one process', 'another'].map(() =>
    openUpflowClient(access, {
      timeoutInMs: 5000,
      turns: shareTurns(db(), 'shared', { timeoutInMs: 5000, callsPerMinute: 600 }),
      simulatorOrigin: upflow.url,
    }),
  );
  answer = (_req, res) => {
    setTimeout(() => res.end('{"customers":[],"total":0}'), 20);
    return true;
  };
  await Promise.all(clients.flatMap((client) => Array.from({ length: 10 }, () => client.checkCredentials())));
  const most = Math.max(...calls.map(({ atOnce }) => atOnce));
  expect([most > 1, most <= 5]).toEqual([true, true]);
});

test('push secrets and API tokens are made, shown once, used side by side, and retired', async () => {
  const id = await make('Secrets');
  const one = await api<{ id: string; secret: string }>('POST', `/${id}/push-secrets`);
  const two = await api<{ id: string; secret: string }>('POST', `/${id}/push-secrets`);
  expect([one.status, one.body.secret]).toEqual([201, expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)]);
  const token = await api<{ id: string; token: string }>('POST', `/${id}/api-tokens`, { name: 'nightly' });
  const view = await api<View>('GET', `/${id}`);
  expect(view.body.pushSecrets.map((secret) => secret.id)).toEqual([two.body.id, one.body.id]);
  expect(view.body.pushSecrets[0]?.hint).toBe(two.body.secret.slice(-4));
  expect(JSON.stringify(view.body)).not.toContain(one.body.secret);
  expect(JSON.stringify(view.body)).not.toContain(token.body.token);

  const authorization = `Bearer ${token.body.token}`;
  const ask = () => fetch(`${console.url}/v1/connections/${id}`, { headers: { authorization } });
  expect((await ask()).status).toBe(200);
  expect((await api('DELETE', `/${id}/api-tokens/${token.body.id}`)).status).toBe(204);
  expect((await ask()).status).toBe(401);
  expect((await api('DELETE', `/${id}/push-secrets/${one.body.id}`)).status).toBe(204);
  expect((await api('DELETE', `/${id}/push-secrets/${one.body.id}`)).status).toBe(404);
  expect((await api<View>('GET', `/${id}`)).body.pushSecrets).toHaveLength(1);
});

test('a connection is named, capped and, once disconnected, deleted with all that was kept for it', async () => {
  const id = await make('Émile & Söhne  GmbH');
  expect(id).toBe('emile-sohne-gmbh');
  expect(await make('Émile & Söhne GmbH')).toMatch(/^emile-sohne-gmbh-[0-9a-f]{6}$/);
  expect(await api<View>('PATCH', `/${id}`, { name: 'Sons', apiCallCap: 5000 })).toMatchObject({
    body: { id, name: 'Sons', apiCallCap: 5000 },
  });
  await api('POST', `/${id}/push-secrets`);
  await api('PUT', `/${id}/upflow`, credentials);
  expect((await api('DELETE', `/${id}`)).status).toBe(204);
  expect((await api('GET', `/${id}`)).status).toBe(404);
  const { rows } = await sql`select 1 from push_secret where connection_id = ${id}`.execute(db());
  expect(rows).toEqual([]);
});
