import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

interface Tokens {
  access_token: string;
  refresh_token?: string;
  error?: string;
  error_description?: string;
}

async function post(
  path: string,
  form: Record<string, string>,
): Promise<{ status: number; body: Tokens; text: string }> {
  const url = `${org.simulator.url}/services/oauth2/${path}`;
  const reply = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const text = await reply.text();
  return {
    status: reply.status,
    text,
    body: text.startsWith('{') ? (JSON.parse(text) as Tokens) : { access_token: '' },
  };
}

const client = (): Record<string, string> => ({
  client_id: org.simulator.clientId,
  client_secret: org.simulator.clientSecret,
});
const refresh = (token: string) =>
  post('token', { grant_type: 'refresh_token', refresh_token: token, ...client() });
const probe = async (token: string): Promise<number> =>
  (await fetch(`${org.simulator.url}/services/data/v66.0`, { headers: { authorization: `Bearer ${token}` } }))
    .status;

describe('client credentials', () => {
  test('sign in as the integration user, without a refresh token and without expires_in', async () => {
    const { body, status } = await post('token', { grant_type: 'client_credentials', ...client() });
    expect(status).toBe(200);
    const { identity, users } = org.simulator.org;
    expect(body).toEqual({
      access_token: expect.stringMatching(/^00D\w{12}![.\w]+$/),
      signature: expect.any(String),
      scope: 'api',
      instance_url: org.simulator.url,
      id: `${org.simulator.url}/id/${identity.organizationId}/${users.integration.id}`,
      token_type: 'Bearer',
      issued_at: expect.stringMatching(/^\d{13}$/),
    });
    expect(await probe(body.access_token)).toBe(200);
  });

  const wrong: [what: string, form: Record<string, string>, error: string, description: string][] = [
    ['an unknown client', { client_id: 'x' }, 'invalid_client_id', 'client identifier invalid'],
    ['a wrong secret', { client_secret: 'x' }, 'invalid_client', 'invalid client credentials'],
    ['an unknown grant', { grant_type: 'magic' }, 'unsupported_grant_type', 'grant type not supported'],
  ];

  test.each(wrong)('%s is told as an object with 400', async (_what, form, error, description) => {
    const reply = await post('token', { grant_type: 'client_credentials', ...client(), ...form });
    expect(reply).toMatchObject({ status: 400, body: { error, error_description: description } });
  });
});

describe('refresh tokens', () => {
  test('without rotation stay the same and keep working', async () => {
    const { refreshToken } = org.simulator.org.openSession();
    const { body } = await refresh(refreshToken);
    expect(body.refresh_token).toBeUndefined();
    expect(await probe(body.access_token)).toBe(200);
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  test('with rotation change each time, and using an old one ends the family', async () => {
    await org.control('PUT', '/settings', { refreshTokenRotation: true });
    const { refreshToken, accessToken } = org.simulator.org.openSession();
    const { body } = await refresh(refreshToken);
    const second = body.refresh_token ?? '';
    expect(second).not.toBe(refreshToken);
    expect(await refresh(refreshToken)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
    });
    expect((await refresh(second)).status).toBe(400);
    expect(await probe(accessToken)).toBe(401);
    expect(await probe(body.access_token)).toBe(401);
  });

  test('end with their access tokens when they are revoked', async () => {
    const { refreshToken, accessToken } = org.simulator.org.openSession();
    expect(await post('revoke', { token: refreshToken })).toMatchObject({ status: 200, text: '' });
    expect(await probe(accessToken)).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(400);
  });
});

test('an unmodified jsforce reads its identity, refreshes by itself and signs out', async () => {
  const { accessToken, refreshToken, userId } = org.simulator.org.openSession();
  const { clientId, clientSecret, url } = org.simulator;
  const oauth2 = { clientId, clientSecret, loginUrl: url };
  const connection = new Connection({ oauth2, instanceUrl: url, accessToken, refreshToken, version: '66.0' });
  org.simulator.org.sessions.expire(accessToken);
  await connection.sobject('Account').describe();
  expect(connection.accessToken).not.toBe(accessToken);
  expect((await connection.identity()).user_id).toBe(userId);
  const last = connection.accessToken ?? '';
  await connection.logout(true);
  expect(await probe(last)).toBe(401);
});

test('introspection tells who a token is and when it ends, and only that where it has ended', async () => {
  const { accessToken } = org.simulator.org.openSession('rep');
  const active = await post('introspect', { token: accessToken, ...client() });
  expect(active.body).toMatchObject({ active: true, username: org.simulator.org.users.rep.username });
  await org.control('PUT', '/settings', { sessionMinutes: 0 });
  expect((await post('introspect', { token: accessToken, ...client() })).text).toBe('{"active":false}');
  expect(await probe(accessToken)).toBe(401);
});

test('identity, user info and discovery agree on who and where', async () => {
  const { accessToken, organizationId, userId } = org.simulator.org.openSession('admin');
  const headers = { authorization: `Bearer ${accessToken}` };
  const read = async (path: string): Promise<unknown> =>
    (await fetch(org.simulator.url + path, { headers })).json();
  expect(await read(`/id/${organizationId}/${userId}?version=latest`)).toMatchObject({
    user_id: userId,
    organization_id: organizationId,
    urls: { rest: `${org.simulator.url}/services/data/v68.0/` },
  });
  expect(await read('/services/oauth2/userinfo')).toMatchObject({
    user_id: userId,
    organization_id: organizationId,
  });
  expect(await read('/.well-known/openid-configuration')).toMatchObject({ issuer: org.simulator.url });
  const bad = await fetch(`${org.simulator.url}/services/oauth2/userinfo`, {
    headers: { authorization: 'Bearer no' },
  });
  expect([bad.status, await bad.text()]).toEqual([403, 'Bad_OAuth_Token']);
});

test('the data API answers 401 in its own words', async () => {
  const url = `${org.simulator.url}/services/data/v66.0/limits`;
  const missing = await fetch(url);
  expect([missing.status, await missing.json()]).toEqual([
    401,
    [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
  ]);
  const basic = await fetch(url, { headers: { authorization: 'Basic eDp5' } });
  expect([basic.status, await basic.json()]).toMatchObject([401, [{ errorCode: 'INVALID_AUTH_HEADER' }]]);
});
