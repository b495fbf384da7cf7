import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SalesforceClient } from '../../src/salesforce/open-client.ts';
import { listen, type Listening } from '../support/listen.ts';
import { openTestClient } from '../support/open-test-client.ts';

// A server that misbehaves in ways that no org would on request: what it is asked is what is tested.

interface Asked {
  path: string;
  authorization: string | undefined;
}

let servers: Listening[] = [];
let asked: Asked[];
let answer: (path: string, res: ServerResponse, origin: string) => void;
let origin: string;
beforeEach(async () => {
  asked = [];
  origin = await serve();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

async function serve(): Promise<string> {
  const listener: RequestListener = (req, res) => {
    const path = req.url ?? '';
    asked.push({ path, authorization: req.headers.authorization });
    if (path === '/services/oauth2/token') sendToken(res, asked.filter((one) => one.path === path).length);
    else answer(path, res, server.url);
  };
  const server = await listen(listener);
  servers.push(server);
  return server.url;
}

let instanceUrl: () => string = () => origin;
function sendToken(res: ServerResponse, number: number): void {
  const id = `${origin}/id/00D000000000001EAA/005000000000001AAA`;
  sendJson(res, 200, { access_token: `token-${number}`, instance_url: instanceUrl(), id });
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' }).end(JSON.stringify(body));
}

function open(timeoutInMs = 2000): SalesforceClient {
  return openTestClient({ credentials: { origin, clientId: 'id', clientSecret: 'secret' }, timeoutInMs });
}

const query = (client: SalesforceClient) =>
  client.call(async (connection) => (await connection.query('SELECT Id FROM Account')).records);
const calls = () => asked.filter(({ path }) => path.startsWith('/services/data')).length;
const signIns = () => asked.filter(({ path }) => path.includes('token')).length;
const expired = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];

test('a session is opened once and used for all calls', async () => {
  answer = (_path, res) => sendJson(res, 200, { totalSize: 0, done: true, records: [] });
  const client = open();
  await Promise.all([query(client), query(client), query(client)]);
  expect([calls(), signIns()]).toEqual([3, 1]);
});

test('an expired session is renewed once, and the call repeated once', async () => {
  answer = (_path, res) => {
    if (asked.at(-1)?.authorization === 'Bearer token-1') sendJson(res, 401, expired);
    else sendJson(res, 200, { totalSize: 0, done: true, records: [] });
  };
  await query(open());
  expect([calls(), signIns()]).toEqual([2, 2]);
});

test('a server that answers 401 for ever is asked twice and no more', async () => {
  answer = (_path, res) => sendJson(res, 401, expired);
  await expect(query(open())).rejects.toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
  expect([calls(), signIns()]).toEqual([2, 2]);
});

test('a redirect to another host is not followed, so that the token stays here', async () => {
  const elsewhere = await serve();
  answer = (_path, res) => res.writeHead(302, { location: `${elsewhere}/services/data/steal` }).end();
  await expect(query(open())).rejects.toMatchObject({ problem: 'redirect' });
  expect(calls()).toBe(1);
});

test('an instance_url that is no Salesforce host is never contacted', async () => {
  const elsewhere = await serve();
  instanceUrl = () => elsewhere;
  answer = (_path, res) => sendJson(res, 200, {});
  await expect(query(open())).rejects.toMatchObject({ problem: 'forbidden-host' });
  expect(calls()).toBe(0);
  instanceUrl = () => origin;
});

describe('the deadline ends', () => {
  test('a call that is never answered', async () => {
    answer = () => undefined;
    await expect(query(open(150))).rejects.toMatchObject({ problem: 'timeout' });
  });

  test('a body that stalls after its headers', async () => {
    answer = (_path, res) =>
      void res.writeHead(200, { 'content-type': 'application/json' }).write('{"totalSize"');
    await expect(query(open(150))).rejects.toMatchObject({ problem: 'timeout' });
  });
});

test.each([
  ['GET', (client: SalesforceClient) => query(client)],
  ['PATCH', (client: SalesforceClient) => client.call((connection) => connection.requestPatch('/x', {}))],
])('a %s that meets 503 is not repeated behind our back', async (_method, act) => {
  answer = (_path, res) => sendJson(res, 503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'busy' }]);
  await expect(act(open())).rejects.toMatchObject({ errorCode: 'SERVER_UNAVAILABLE' });
  expect(calls()).toBe(1);
});

test('a refused sign-in says what Salesforce said, and is tried anew at the next call', async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
  const refusing = await listen((_req, res) =>
    sendJson(res, 400, { error: 'invalid_client', error_description: 'invalid client credentials' }),
  );
  servers.push(refusing);
  origin = refusing.url;
  const client = open();
  for (const _attempt of [1, 2]) {
    await expect(query(client)).rejects.toMatchObject({
      problem: 'sign-in-refused',
      message: 'invalid_client: invalid client credentials',
    });
  }
});
