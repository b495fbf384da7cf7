import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import jsforce from 'jsforce';
import { SignJWT } from 'jose';
import { callbackUri, openSignIn, type SignIn } from './open-sign-in.ts';
import { walkAuthorization } from './walk-authorization.ts';

let org: SignIn;

beforeAll(async () => {
  org = await openSignIn();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  await org.control('DELETE', `/apps/${org.simulator.clientId}`);
});
afterAll(() => org.close());

const makeOAuth2 = (): jsforce.OAuth2 =>
  new jsforce.OAuth2({
    loginUrl: org.simulator.url,
    clientId: org.simulator.clientId,
    clientSecret: org.simulator.clientSecret,
    redirectUri: callbackUri,
    useVerifier: true,
  });

async function connect(): Promise<jsforce.Connection> {
  const oauth2 = makeOAuth2();
  const url = oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 's' });
  const { username } = org.simulator.org.users.rep;
  const { callback } = await walkAuthorization(url, { username });
  expect(callback?.searchParams.get('state')).toBe('s');
  const connection = new jsforce.Connection({ oauth2, version: '66.0' });
  await connection.authorize(callback?.searchParams.get('code') ?? '');
  return connection;
}

test('authorize with PKCE, identity, query and logout', async () => {
  await org.control('PUT', '/apps', { pkceRequired: true });
  const connection = await connect();
  const { users } = org.simulator.org;
  expect(connection.userInfo).toMatchObject({ id: users.rep.id });
  expect((await connection.identity()).username).toBe(users.rep.username);
  expect((await connection.query('SELECT Id FROM Account')).totalSize).toBeGreaterThan(0);
  const { accessToken, refreshToken } = connection;
  await connection.logout();
  expect((await org.probe(accessToken)).status).toBe(401);
  expect((await org.refresh(refreshToken)).status).toBe(200);
});

test('logout(true) ends the refresh token too', async () => {
  const connection = await connect();
  const { refreshToken } = connection;
  await connection.logout(true);
  expect((await org.refresh(refreshToken)).status).toBe(400);
});

test('an expired session is refreshed by itself', async () => {
  const connection = await connect();
  const before = connection.accessToken;
  org.simulator.org.sessions.expire(before ?? '');
  await connection.query('SELECT Id FROM Account LIMIT 1');
  expect(connection.accessToken).not.toBe(before);
});

test('a rotated refresh token is lost: the second refresh by itself fails', async () => {
  await org.control('PUT', '/apps', { refreshTokenRotation: true });
  const connection = await connect();
  const expire = () => org.simulator.org.sessions.expire(connection.accessToken ?? '');
  expire();
  await connection.query('SELECT Id FROM Account LIMIT 1');
  expire();
  await expect(connection.query('SELECT Id FROM Account LIMIT 1')).rejects.toThrow(
    'Unable to refresh session due to: expired access/refresh token',
  );
});

test('a refresh function of one’s own keeps the rotated token', async () => {
  await org.control('PUT', '/apps', { refreshTokenRotation: true });
  const { accessToken, refreshToken, instanceUrl } = await connect();
  let kept = refreshToken ?? '';
  const connection = new jsforce.Connection({
    instanceUrl,
    accessToken: accessToken ?? '',
    version: '66.0',
    refreshFn: (_connection, callback) => {
      makeOAuth2()
        .refreshToken(kept)
        .then((reply) => {
          kept = String(reply.refresh_token);
          callback(null, reply.access_token);
        })
        .catch((error: unknown) => {
          callback(error as Error);
        });
    },
  });
  for (let round = 0; round < 3; round += 1) {
    org.simulator.org.sessions.expire(connection.accessToken ?? '');
    await connection.query('SELECT Id FROM Account LIMIT 1');
  }
  expect(kept).not.toBe(refreshToken);
});

test('revokeToken and refreshToken tell errors by name and message', async () => {
  const { refreshToken } = await connect();
  const oauth2 = makeOAuth2();
  await oauth2.revokeToken(refreshToken ?? '');
  await expect(oauth2.refreshToken(refreshToken ?? '')).rejects.toMatchObject({
    name: 'invalid_grant',
    message: 'expired access/refresh token',
  });
  await expect(oauth2.revokeToken(refreshToken ?? '')).rejects.toMatchObject({
    name: 'unsupported_token_type',
  });
});

test('a signed assertion opens a session', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
  const approved = { permittedUsers: 'adminApproved', approvedUsers: ['integration'] };
  await org.control('PUT', '/apps', { publicKey: pem, ...approved });
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(org.simulator.clientId)
    .setSubject(org.simulator.org.users.integration.username)
    .setAudience('https://login.salesforce.com')
    .setExpirationTime('3 minutes')
    .sign(privateKey);
  const connection = new jsforce.Connection({
    oauth2: { loginUrl: org.simulator.url },
    version: '66.0',
  });
  const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  await connection.authorize({ grant_type: grantType, assertion });
  expect((await connection.identity()).user_id).toBe(org.simulator.org.users.integration.id);
});

test('login with username and password is refused, by OAuth and by SOAP', async () => {
  const { username } = org.simulator.org.users.rep;
  const loginUrl = org.simulator.url;
  const byOAuth = new jsforce.Connection({ oauth2: makeOAuth2() });
  await expect(byOAuth.login(username, 'x')).rejects.toThrow('authentication failure');
  const soap = (version: string) =>
    new jsforce.Connection({ loginUrl, version, logLevel: 'NONE' }).login(username, 'x');
  await expect(soap('64.0')).rejects.toThrow('SOAP API login() is disabled by default in this org');
  await expect(soap('65.0')).rejects.toThrow('not available in API version 65.0');
});
