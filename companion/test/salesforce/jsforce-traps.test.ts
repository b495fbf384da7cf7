import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { listen, type Listening } from '../support/listen.ts';
import { openTestClient } from '../support/open-test-client.ts';

// What plain jsforce does wrong, beside what the wrapper makes of it. Where it would take plain jsforce minutes to
// fall into the trap, only the wrapper is shown; open-client.test.ts has those, renew-together.test.ts the rotation.

let servers: Listening[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

async function serve(answer: (req: IncomingMessage, res: ServerResponse) => void): Promise<string> {
  const server = await listen(answer);
  servers.push(server);
  return server.url;
}

const json = (res: ServerResponse, status: number, body: unknown) =>
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const token = (origin: string, number = 1) => ({
  access_token: `token-${number}`,
  refresh_token: `refresh-${number}`,
  instance_url: origin,
  id: `${origin}/id/00D000000000001EAA/005000000000001AAA`,
});
const credentials = (origin: string) => ({ origin, clientId: 'id', clientSecret: 'secret' });

describe('a redirect to another host', () => {
  async function plant() {
    const stolen: (string | undefined)[] = [];
    const elsewhere = await serve((req, res) => {
      stolen.push(req.headers.authorization);
      json(res, 200, { records: [], done: true, totalSize: 0 });
    });
    let origin = '';
    origin = await serve((req, res) => {
      if (req.url?.includes('token') === true) json(res, 200, token(origin));
      else res.writeHead(302, { location: elsewhere + (req.url ?? '') }).end();
    });
    return { origin, stolen };
  }

  test('gets the token from plain jsforce', async () => {
    const { origin, stolen } = await plant();
    const plain = new Connection({ instanceUrl: origin, accessToken: 'token-1', version: '66.0' });
    await plain.query('SELECT Id FROM Account');
    expect(stolen).toEqual(['Bearer token-1']);
  });

  test('gets nothing from the wrapper', async () => {
    const { origin, stolen } = await plant();
    const client = openTestClient({ credentials: credentials(origin) });
    await expect(
      client.call(async (calls) => (await calls.query('SELECT Id FROM Account')).records),
    ).rejects.toMatchObject({
      problem: 'redirect',
    });
    expect(stolen).toEqual([]);
  });
});

test('plain jsforce goes on asking a server that answers 401 for ever, and throws rotated refresh tokens away', async () => {
  const shown: string[] = [];
  let calls = 0;
  let origin = '';
  origin = await serve((req, res) => {
    if (req.url?.includes('token') !== true) {
      calls++;
      // So that the test ends: the wrapper gives up after two.
      if (calls <= 20)
        json(res, 401, [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
      else json(res, 200, { records: [], done: true, totalSize: 0 });
      return;
    }
    let form = '';
    req.on('data', (chunk: Buffer) => (form += chunk.toString()));
    req.on('end', () => {
      shown.push(new URLSearchParams(form).get('refresh_token') ?? '');
      json(res, 200, token(origin, shown.length + 1));
    });
  });
  const plain = new Connection({
    oauth2: { loginUrl: origin, clientId: 'id', clientSecret: 'secret', redirectUri: origin },
    instanceUrl: origin,
    accessToken: 'token-1',
    refreshToken: 'refresh-1',
    version: '66.0',
  });
  await plain.query('SELECT Id FROM Account');
  expect(calls).toBe(21);
  expect(new Set(shown)).toEqual(new Set(['refresh-1']));
});

test('plain jsforce calls whatever host the token answer names', async () => {
  const asked: string[] = [];
  const elsewhere = await serve((req, res) => {
    asked.push(req.headers.authorization ?? '');
    json(res, 200, { records: [], done: true, totalSize: 0 });
  });
  const origin = await serve((_req, res) => json(res, 200, token(elsewhere)));
  const plain = new Connection({
    oauth2: { loginUrl: origin, clientId: 'id', clientSecret: 'secret', redirectUri: origin },
    version: '66.0',
  });
  await plain.authorize({ grant_type: 'client_credentials' });
  await plain.query('SELECT Id FROM Account');
  expect(asked).toEqual(['Bearer token-1']);

  const client = openTestClient({ credentials: credentials(origin) });
  await expect(
    client.call(async (calls) => (await calls.query('SELECT Id FROM Account')).records),
  ).rejects.toMatchObject({
    problem: 'forbidden-host',
  });
  expect(asked).toHaveLength(1);
});
