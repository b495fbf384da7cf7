import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import { openSignIn, refusal, type SignIn } from './open-sign-in.ts';

let org: SignIn;
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const dead = refusal('invalid_grant', 'expired access/refresh token');
const DAY = 24 * 60;

beforeAll(async () => {
  org = await openSignIn();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  await org.control('DELETE', `/apps/${org.simulator.clientId}`);
  org.simulator.org.sessions.revokeApp(org.simulator.clientId);
});
afterAll(() => org.close());

const app = (change: object) => org.control('PUT', '/apps', change);

describe('refresh tokens', () => {
  test('of one user and app are five: the sixth approval ends the oldest with its sessions', async () => {
    const replies = [];
    for (let approval = 0; approval < 6; approval += 1) replies.push((await org.connect('rep')).body);
    const [first, second] = replies;
    expect(await org.refresh(first?.refresh_token)).toMatchObject(dead);
    expect((await org.probe(first?.access_token)).status).toBe(401);
    expect((await org.refresh(second?.refresh_token)).status).toBe(200);
    expect((await org.control('GET', '/approvals')).body).toHaveLength(5);
  });

  test('of other users and other apps, and sessions of the control API, do not count for it', async () => {
    await app({ clientId: 'other', clientSecret: org.simulator.clientSecret, anyLoopbackRedirect: true });
    const { body } = await org.connect('rep');
    for (let approval = 0; approval < 5; approval += 1) {
      await org.connect('admin');
      await org.connect('rep', { client_id: 'other' });
      await org.control('POST', '/sessions', { user: 'rep' });
    }
    expect((await org.refresh(body.refresh_token)).status).toBe(200);
    await org.control('DELETE', '/apps/other');
  });

  test('that rotate: using an old one ends the present one and all sessions', async () => {
    await app({ refreshTokenRotation: true });
    const first = (await org.connect('rep')).body;
    const second = (await org.refresh(first.refresh_token)).body;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await org.probe(second.access_token)).status).toBe(200);
    expect(await org.refresh(first.refresh_token)).toMatchObject(dead);
    expect(await org.refresh(second.refresh_token)).toMatchObject(dead);
    expect((await org.probe(second.access_token)).status).toBe(401);
  });

  test('that idle end 30 days after their last use', async () => {
    await app({ refreshTokenPolicy: 'idle' });
    const { refresh_token: token } = (await org.connect('rep')).body;
    for (const days of [29, 29]) {
      await org.advance(days * DAY);
      expect((await org.refresh(token)).status).toBe(200);
    }
    await org.advance(30.1 * DAY);
    expect(await org.refresh(token)).toMatchObject(dead);
  });

  test('of a fixed time end however much they are used', async () => {
    await app({ refreshTokenPolicy: 'fixed', refreshTokenDays: 10 });
    const { refresh_token: token } = (await org.connect('rep')).body;
    await org.advance(9 * DAY);
    expect((await org.refresh(token)).status).toBe(200);
    await org.advance(1.1 * DAY);
    expect(await org.refresh(token)).toMatchObject(dead);
  });

  test('that expire immediately are given, and never work', async () => {
    await app({ refreshTokenPolicy: 'immediatelyExpire' });
    const { body } = await org.connect('rep');
    expect(await org.refresh(body.refresh_token)).toMatchObject(dead);
    expect((await org.probe(body.access_token)).status).toBe(200);
  });

  test('work for their own app only, with its secret where that is required, given in either way', async () => {
    const { refresh_token: token } = (await org.connect('rep')).body;
    expect(await org.refresh(token, { client_id: 'PlatformCLI' })).toMatchObject(dead);
    const { clientId, clientSecret } = org.simulator;
    expect((await org.refresh(token, { client_id: clientId })).status).toBe(200);
    await app({ secretRequiredForRefresh: true });
    const wrong = refusal('invalid_client', 'invalid client credentials');
    expect(await org.refresh(token, { client_id: clientId })).toMatchObject(wrong);
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const form = { grant_type: 'refresh_token', refresh_token: String(token) };
    expect((await org.post('token', form, { authorization: basic })).status).toBe(200);
  });
});

describe('the JWT bearer flow', () => {
  const sign = (claims: Record<string, unknown> = {}, key = privateKey) =>
    new SignJWT({
      iss: org.simulator.clientId,
      sub: org.simulator.org.users.integration.username,
      aud: 'https://login.salesforce.com',
      exp: Math.floor(Date.now() / 1000) + 180,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(key);
  const exchange = async (assertion: string) =>
    org.post('token', { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const approveByAdmin = () =>
    app({ publicKey: pem, permittedUsers: 'adminApproved', approvedUsers: ['integration'] });

  test('gives a session, and no refresh token, to a user whom the admin approved', async () => {
    await approveByAdmin();
    const { body } = await exchange(await sign());
    expect(body.refresh_token).toBeUndefined();
    expect((await org.probe(body.access_token)).status).toBe(200);
  });

  test('needs an earlier approval with a refresh token otherwise', async () => {
    await app({ publicKey: pem });
    const assertion = await sign({ sub: org.simulator.org.users.rep.username });
    const refused = refusal('invalid_grant', "user hasn't approved this consumer");
    await org.connect('rep', { scope: 'api' });
    expect(await exchange(assertion)).toMatchObject(refused);
    await org.connect('rep');
    expect((await exchange(assertion)).status).toBe(200);
  });

  test.each(['https://larkfield-systems.my.salesforce.com', 'https://login.salesforce.com/'])(
    'takes the audience %s',
    async (aud) => {
      await approveByAdmin();
      expect((await exchange(await sign({ aud }))).status).toBe(200);
    },
  );

  const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrong: [what: string, claims: Record<string, unknown>, error: string, description: string][] = [
    ['another audience', { aud: 'https://test.salesforce.com' }, 'invalid_grant', 'audience is invalid'],
    ['a time that is over', { exp: 1_700_000_000 }, 'invalid_grant', 'expired authorization code'],
    ['no time', { exp: undefined }, 'invalid_grant', 'invalid assertion'],
    ['a time yet to come', { nbf: 4_000_000_000 }, 'invalid_grant', 'invalid assertion'],
    ['an audience that is no text', { aud: 5 }, 'invalid_grant', 'invalid assertion'],
    ['a user that is no text', { sub: 5 }, 'invalid_grant', 'invalid assertion'],
    ['an unknown client', { iss: 'x' }, 'invalid_client_id', 'client identifier invalid'],
    ['an unknown user', { sub: 'x@y.example' }, 'invalid_grant', "user hasn't approved this consumer"],
  ];
  test.each(wrong)('refuses %s', async (_what, claims, error, description) => {
    await approveByAdmin();
    expect(await exchange(await sign(claims))).toMatchObject(refusal(error, description));
  });

  test('refuses what another key signed, and what is no JWT', async () => {
    await approveByAdmin();
    const invalid = refusal('invalid_grant', 'invalid assertion');
    expect(await exchange(await sign({}, otherKey))).toMatchObject(invalid);
    expect(await exchange('x.y.z')).toMatchObject(invalid);
  });

  test('takes an assertion with an id once, and one without as often as it comes', async () => {
    await approveByAdmin();
    const assertions = [await sign(), await sign({ jti: 'one' }), await sign({ jti: 'two' })];
    for (const assertion of assertions) expect((await exchange(assertion)).status).toBe(200);
    const [plain = '', withId = ''] = assertions;
    expect((await exchange(plain)).status).toBe(200);
    expect(await exchange(withId)).toMatchObject(refusal('invalid_grant', 'invalid assertion'));
  });

  test('refuses a user whom the admin has not approved', async () => {
    await approveByAdmin();
    const assertion = await sign({ sub: org.simulator.org.users.rep.username });
    expect(await exchange(assertion)).toMatchObject(
      refusal('invalid_app_access', 'user is not admin approved to access this app'),
    );
  });

  test('can be set to the other published wording for a wrong audience', async () => {
    await approveByAdmin();
    await org.control('PUT', '/settings', { audienceError: 'Audience validation failed' });
    expect(await exchange(await sign({ aud: 'x' }))).toMatchObject(
      refusal('invalid_grant', 'Audience validation failed'),
    );
  });
});

describe('other refusals of the token endpoint', () => {
  const credentials = () => org.token({ grant_type: 'client_credentials' });

  test.each(['token', 'introspect'])('another method than POST, at %s', async (path) => {
    const url = `${org.simulator.url}/services/oauth2/${path}?grant_type=client_credentials`;
    for (const method of ['GET', 'PUT']) {
      const reply = await fetch(url, { method });
      expect({ status: reply.status, body: await reply.json() }).toEqual(
        refusal('invalid_request', 'must use HTTP POST'),
      );
    }
  });

  test('client credentials without a user to run as', async () => {
    await app({ runAsUser: null });
    expect(await credentials()).toMatchObject(refusal('invalid_grant', 'no client credentials user enabled'));
  });

  test('an inactive user, a locked org and a forbidden address', async () => {
    await org.control('PUT', '/users/integration', { active: false });
    expect(await credentials()).toMatchObject(refusal('invalid_grant', 'inactive user'));
    await org.control('PUT', '/settings', { orgLocked: true });
    expect(await credentials()).toMatchObject(refusal('invalid_grant', 'inactive organization'));
    await org.control('POST', '/reset');
    await org.control('PUT', '/settings', { ipRestricted: true });
    expect(await credentials()).toMatchObject(refusal('invalid_grant', 'ip restricted'));
  });

  test('a blocked app and one that is not installed', async () => {
    await app({ blocked: true });
    expect(await credentials()).toMatchObject({ status: 400, body: { error: 'OAUTH_APP_BLOCKED' } });
    await app({ blocked: false, installed: false });
    expect(await credentials()).toMatchObject(
      refusal('app_not_found', 'External client app is not installed in this org'),
    );
  });

  test('username and password, which are off unless set', async () => {
    const { username } = org.simulator.org.users.rep;
    const form = { grant_type: 'password', username, password: 'simulator' };
    const failure = refusal('invalid_grant', 'authentication failure');
    expect(await org.token(form)).toMatchObject(failure);
    await org.control('PUT', '/settings', { passwordFlow: true });
    expect(await org.token({ ...form, password: 'x' })).toMatchObject(failure);
    const { body } = await org.token(form);
    expect((await org.probe(body.access_token)).status).toBe(200);
    expect(body.refresh_token).toBeUndefined();
  });
});

test('the scope openid brings an id_token that the published keys verify', async () => {
  const { body } = await org.connect('rep', { scope: 'api openid', nonce: 'n-1' });
  const keys = (await (await fetch(`${org.simulator.url}/id/keys`)).json()) as JSONWebKeySet;
  const { payload } = await jwtVerify(String(body.id_token), createLocalJWKSet(keys), {
    issuer: org.simulator.url,
    audience: org.simulator.clientId,
    algorithms: ['RS256'],
  });
  expect(payload).toMatchObject({ sub: body.id, nonce: 'n-1' });
});

test('a token is revoked by POST and by GET, and introspection knows both kinds', async () => {
  const first = (await org.connect('rep')).body;
  const inspect = async (token: unknown) =>
    (await org.post('introspect', { token: String(token), ...org.client() })).body;
  expect(await inspect(first.access_token)).toMatchObject({ active: true, token_type: 'access_token' });
  expect(await inspect(first.refresh_token)).toMatchObject({ active: true, token_type: 'refresh_token' });
  const query = new URLSearchParams({ token: String(first.access_token) }).toString();
  await fetch(`${org.simulator.url}/services/oauth2/revoke?${query}`);
  expect(await inspect(first.access_token)).toEqual({ active: false });
  expect((await org.refresh(first.refresh_token)).status).toBe(200);
  await org.post('revoke', { token: String(first.refresh_token) });
  expect(await inspect(first.refresh_token)).toEqual({ active: false });
});
