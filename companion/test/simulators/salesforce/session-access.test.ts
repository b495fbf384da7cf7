import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSignIn, refusal, type SignIn } from './open-sign-in.ts';

let org: SignIn;

beforeAll(async () => {
  org = await openSignIn();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  await org.control('DELETE', `/apps/${org.simulator.clientId}`);
});
afterAll(() => org.close());

const invalidSession = {
  status: 401,
  body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
};
const open = () => org.simulator.org.openSession('rep');

describe('a session', () => {
  test('ends when its time is over without a use', async () => {
    const { accessToken } = open();
    await org.advance(121);
    expect(await org.probe(accessToken)).toMatchObject(invalidSession);
  });

  test('starts anew by a use in the second half of its time, and not by one in the first', async () => {
    const [used, usedEarly] = [open(), open()];
    await org.advance(50);
    expect((await org.probe(usedEarly.accessToken)).status).toBe(200);
    await org.advance(20);
    expect((await org.probe(used.accessToken)).status).toBe(200);
    await org.advance(55);
    expect((await org.probe(used.accessToken)).status).toBe(200);
    expect((await org.probe(usedEarly.accessToken)).status).toBe(401);
  });

  const losses: [what: string, path: string, change: object, undo: object][] = [
    ['the user is made inactive', '/users/rep', { active: false }, { active: true }],
    ['the user is frozen', '/users/rep', { frozen: true }, { frozen: false }],
    ['the app is uninstalled', '/apps', { installed: false }, { installed: true }],
    ['the app is blocked', '/apps', { blocked: true }, { blocked: false }],
  ];
  test.each(losses)('ends for good when %s', async (_what, path, change, undo) => {
    const { accessToken } = open();
    expect((await org.probe(accessToken)).status).toBe(200);
    await org.control('PUT', path, change);
    expect(await org.probe(accessToken)).toMatchObject(invalidSession);
    await org.control('PUT', path, undo);
    expect((await org.probe(accessToken)).status).toBe(401);
  });

  test('is refused as long as the admin does not approve the user', async () => {
    const { accessToken } = open();
    await org.control('PUT', '/apps', { permittedUsers: 'adminApproved' });
    expect(await org.probe(accessToken)).toMatchObject(invalidSession);
  });

  test('without a scope for APIs is not valid for the REST API', async () => {
    const { body } = await org.connect('rep', { scope: 'openid' });
    expect(await org.probe(body.access_token)).toMatchObject({
      status: 401,
      body: [
        {
          message: 'This session is not valid for use with the REST API',
          errorCode: 'INVALID_SESSION_ID',
        },
      ],
    });
  });

  const refusals: [what: string, path: string, change: object, errorCode: string][] = [
    ['the user may not use APIs', '/users/rep', { apiEnabled: false }, 'API_CURRENTLY_DISABLED'],
    ['the org has no API', '/settings', { apiEnabled: false }, 'API_DISABLED_FOR_ORG'],
    [
      'the password is over',
      '/users/rep',
      { passwordExpired: true },
      'INVALID_OPERATION_WITH_EXPIRED_PASSWORD',
    ],
    ['the org is locked', '/settings', { orgLocked: true }, 'ORG_LOCKED'],
  ];
  test.each(refusals)('is refused with 403 when %s', async (_what, path, change, errorCode) => {
    const { accessToken } = open();
    await org.control('PUT', path, change);
    expect(await org.probe(accessToken)).toMatchObject({ status: 403, body: [{ errorCode }] });
  });
});

test('API Enabled and API Only User are what profile and permission sets say, until they are set', async () => {
  const { accessToken } = open();
  const standing = async () =>
    ((await org.control('GET', '/users')).body as { name: string }[]).find(({ name }) => name === 'rep');
  expect(await standing()).toMatchObject({ apiEnabled: true, apiOnly: false });
  const [set] = await org.rows("SELECT Id FROM PermissionSet WHERE Profile.Name = 'Standard User'");
  const body = { PermissionsApiEnabled: false, PermissionsApiUserOnly: true };
  await org.call(`/sobjects/PermissionSet/${String(set?.Id)}`, { method: 'PATCH', user: 'admin', body });
  expect(await standing()).toMatchObject({ apiEnabled: false, apiOnly: true });
  expect(await org.probe(accessToken)).toMatchObject({
    status: 403,
    body: [{ errorCode: 'API_CURRENTLY_DISABLED' }],
  });
  await org.control('PUT', '/users/rep', { apiEnabled: true });
  expect((await org.probe(accessToken)).status).toBe(200);
});

test('an inactive user gets no token, and is seen as inactive in the User object', async () => {
  const { refreshToken, userId } = open();
  await org.control('PUT', '/users/rep', { active: false });
  expect(await org.refresh(refreshToken)).toMatchObject(refusal('invalid_grant', 'inactive user'));
  expect(await org.rows(`SELECT IsActive FROM User WHERE Id = '${userId}'`)).toMatchObject([
    { IsActive: false },
  ]);
});

test('tokens, approvals and apps outlive a restart', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'upflow-sign-in-'));
  const storeFile = join(directory, 'salesforce.jsonl');
  const first = await openSignIn({ storeFile });
  await first.control('PUT', '/apps', { name: 'Renamed' });
  const { body } = await first.connect('rep');
  await first.close();
  const second = await openSignIn({ storeFile });
  expect((await second.probe(body.access_token)).status).toBe(200);
  expect((await second.refresh(body.refresh_token)).status).toBe(200);
  expect((await second.control('GET', '/approvals')).body).toMatchObject([{ app: 'Renamed', user: 'rep' }]);
  await second.close();
  rmSync(directory, { recursive: true });
});

const mistakes: [method: string, path: string, body: unknown, says: string][] = [
  ['PUT', '/users/nobody', {}, 'The users are: '],
  ['PUT', '/users/rep', { actve: false }, 'actve'],
  ['PUT', '/apps', { redirectUris: ['nowhere'] }, 'redirectUris'],
  ['PUT', '/apps', { publicKey: 'x' }, 'publicKey: '],
  ['PUT', '/apps', [], 'object'],
  ['POST', '/sandbox', { name: 'Not A Name' }, 'name'],
  ['POST', '/move', { oldAddress: 'burnt' }, 'oldAddress'],
];
test.each(mistakes)('%s %s with %j is refused with what is wrong', async (method, path, body, says) => {
  const reply = await org.control(method, path, body);
  expect(reply.status).toBe(400);
  expect((reply.body as { error: string }).error).toContain(says);
});
