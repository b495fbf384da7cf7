import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OpenedSandbox } from '../../../simulators/salesforce/org/hosting.ts';
import { openSignIn, type SignIn } from './open-sign-in.ts';

let org: SignIn;

beforeEach(async () => {
  org = await openSignIn();
});
afterEach(() => org.close());

/** A request with a Host header of one's choice, which fetch does not let one choose. */
function ask(host: string, path: string, form?: Record<string, string>, token = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { host, authorization: `Bearer ${token}` };
    const method = form === undefined ? 'GET' : 'POST';
    const sent = request(org.simulator.org.url + path, { method, headers }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
      reply.on('end', () => resolve(`${reply.statusCode} ${text}`));
    });
    sent.on('error', reject).end(new URLSearchParams(form).toString());
  });
}

const credentials = (host: string) =>
  ask(host, '/services/oauth2/token', { grant_type: 'client_credentials', ...org.client() });

describe('the hosts of Salesforce', () => {
  test('give a session for client credentials on My Domain, and not on the login hosts', async () => {
    expect(await credentials('larkfield-systems.my.salesforce.com')).toContain('access_token');
    for (const host of ['login.salesforce.com', 'test.salesforce.com', 'other.my.salesforce.com']) {
      expect(await credentials(host)).toBe(
        '400 {"error":"invalid_grant","error_description":"request not supported on this domain"}',
      );
    }
    await org.control('PUT', '/settings', { clientCredentialsOnLoginHost: true });
    expect(await credentials('login.salesforce.com')).toContain('access_token');
  });

  test('refresh tokens at login for production, and at test for a sandbox', async () => {
    const { refreshToken } = org.simulator.org.openSession();
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...org.client() };
    expect(await ask('login.salesforce.com', '/services/oauth2/token', form)).toContain('access_token');
    expect(await ask('test.salesforce.com', '/services/oauth2/token', form)).toContain(
      'expired access/refresh token',
    );
  });

  test('serve data on My Domain alone', async () => {
    const { accessToken } = org.simulator.org.openSession();
    const limits = (host: string) => ask(host, '/services/data/v66.0/limits', undefined, accessToken);
    expect(await limits('larkfield-systems.my.salesforce.com')).toMatch(/^200 /);
    expect(await limits('login.salesforce.com')).toMatch(/^401 .*INVALID_SESSION_ID/);
    expect(await limits('other.my.salesforce.com')).toMatch(/^401 .*INVALID_SESSION_ID/);
  });
});

test('a sandbox is an org of its own, whose tokens are worth nothing in the other', async () => {
  const { body } = await org.control('POST', '/sandbox', { name: 'uat' });
  const { url, organizationId, session, usernames } = body as OpenedSandbox;
  expect(organizationId).not.toBe(org.simulator.organizationId);
  expect(usernames.every((username) => username.endsWith('.uat'))).toBe(true);
  expect(session.instanceUrl).toBe(url);
  expect((await org.probe(session.accessToken, url)).status).toBe(200);
  expect(await org.probe(session.accessToken)).toMatchObject({
    status: 401,
    body: [{ errorCode: 'INVALID_SESSION_ID' }],
  });
  expect((await org.probe(org.simulator.org.openSession().accessToken, url)).status).toBe(401);
  const query = `${url}/services/data/v66.0/query?q=SELECT+IsSandbox+FROM+Organization`;
  const rows = await fetch(query, { headers: { authorization: `Bearer ${session.accessToken}` } });
  expect(await rows.json()).toMatchObject({ records: [{ IsSandbox: true }] });
});

describe('an org that moves', () => {
  const move = async (oldAddress: string) => {
    const { body } = await org.control('POST', '/move', { oldAddress });
    return body as { url: string; oldUrl: string };
  };

  test('ends its sessions, keeps its refresh tokens, and answers at its new address', async () => {
    const { accessToken, refreshToken } = org.simulator.org.openSession();
    const { url, oldUrl } = await move('redirect');
    expect(url).not.toBe(oldUrl);
    expect((await org.probe(accessToken)).status).toBe(401);
    const { body } = await org.refresh(refreshToken);
    expect(body.instance_url).toBe(url);
    expect((await org.probe(body.access_token)).status).toBe(200);
  });

  test('sends on from its old address: reads with 301, all else with 307', async () => {
    const { url, oldUrl } = await move('redirect');
    for (const [method, status] of [
      ['GET', 301],
      ['PATCH', 307],
    ] as const) {
      const reply = await fetch(`${oldUrl}/services/data/v66.0?a=1`, { method, redirect: 'manual' });
      expect([reply.status, reply.headers.get('location')]).toEqual([
        status,
        `${url}/services/data/v66.0?a=1`,
      ]);
    }
  });

  test('shows a page at its old address where redirections are off; control works there still', async () => {
    const { oldUrl } = await move('gone');
    const reply = await fetch(`${oldUrl}/services/data`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect((await fetch(`${oldUrl}/_simulator/stats`)).status).toBe(200);
  });
});
