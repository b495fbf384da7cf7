import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { retrySignIns } from '../../src/connect/sign-in-now.ts';
import { openConnecting, type Connecting, type Problem } from './open-connecting.ts';

let connecting: Connecting;
beforeAll(async () => {
  connecting = await openConnecting();
});
afterEach(() => connecting.disconnectAll());
afterAll(() => connecting.stop());

/** Makes a call of the connection, as the export does. */
const check = (id: string) => connecting.api<Problem>('GET', `/${id}/salesforce/permissions`);
const expireSessions = () => connecting.org.control('PUT', '/clock', { advanceMs: 3 * 3_600_000 });

test('a revoked approval: reconnect', async () => {
  const id = await connecting.make('Revoked');
  await connecting.connect(id);
  connecting.org.simulator.org.sessions.revokeApp(connecting.org.simulator.clientId);
  const { status, body } = await check(id);
  expect([status, body.reason?.code]).toEqual([422, 'approval-ended']);
  expect(await connecting.view(id)).toMatchObject({
    state: 'reconnect needed',
    stateReason: { code: 'approval-ended', action: expect.stringContaining('Reconnect') },
  });
  // Trying again cannot help, and is not tried.
  expect(await connecting.api('POST', `/${id}/salesforce/connect`)).toMatchObject({ status: 422 });
  expect(await connecting.connect(id)).toMatchObject({ state: 'connected', stateReason: null });
});

test('a rotated secret of an app that wants it: the new one suffices, the approval is kept', async () => {
  await connecting.org.control('PUT', '/apps', { secretRequiredForRefresh: true });
  const id = await connecting.make('Secret');
  await connecting.connect(id);
  await connecting.org.control('PUT', '/apps', { clientSecret: 'rotated' });
  await expireSessions();
  expect((await check(id)).body.reason?.code).toBe('secret-refused');
  const { url } = connecting.org.simulator.org;
  const { clientId, clientSecret } = connecting.org.simulator;
  await connecting.api('PUT', `/${id}/salesforce`, {
    flow: 'web-server',
    domain: url,
    clientId,
    clientSecret: 'rotated',
  });
  expect(await connecting.api('POST', `/${id}/salesforce/connect`)).toMatchObject({
    body: { state: 'connected' },
  });
  await connecting.org.control('PUT', '/apps', { clientSecret, secretRequiredForRefresh: false });
});

test('another org that answers is refused, even with a good secret', async () => {
  const id = await connecting.make('Other org');
  const { clientId, clientSecret } = connecting.org.simulator;
  const credentials = { flow: 'client-credentials', clientId, clientSecret };
  await connecting.api('PUT', `/${id}/salesforce`, {
    ...credentials,
    domain: connecting.org.simulator.org.url,
  });
  await connecting.api('POST', `/${id}/salesforce/connect`);
  const { body: sandbox } = await connecting.org.control('POST', '/sandbox', {});
  await connecting.api('PUT', `/${id}/salesforce`, {
    ...credentials,
    domain: (sandbox as { url: string }).url,
  });
  const { status, body } = await connecting.api<Problem>('POST', `/${id}/salesforce/connect`);
  expect([status, body.reason?.code]).toEqual([422, 'wrong-organization']);
  expect(await connecting.view(id)).toMatchObject({
    state: 'reconnect needed',
    stateReason: { code: 'wrong-organization', action: expect.stringContaining('Switch organization') },
    organizationId: connecting.org.simulator.organizationId,
  });
  await connecting.api('POST', `/${id}/salesforce/switch-organization`);
  expect(await connecting.api('POST', `/${id}/salesforce/connect`)).toMatchObject({
    body: { state: 'connected', organizationId: (sandbox as { organizationId: string }).organizationId },
  });
});

test('what somebody mends in Salesforce is found out without anybody saying so', async () => {
  const id = await connecting.make('Mended');
  await connecting.connect(id);
  await connecting.org.control('PUT', '/users/admin', { frozen: true });
  expect((await check(id)).body.reason?.code).toBe('inactive-user');
  await retrySignIns(connecting.console.services);
  expect(await connecting.view(id)).toMatchObject({ state: 'reconnect needed' });
  await connecting.org.control('PUT', '/users/admin', { frozen: false });
  // The next try waits for its turn.
  await retrySignIns(connecting.console.services);
  expect(await connecting.view(id)).toMatchObject({ state: 'reconnect needed' });
  await sql`update connection set hold_until = now() where connection_id = ${id}`.execute(
    connecting.console.services.database.db,
  );
  await retrySignIns(connecting.console.services);
  expect(await connecting.view(id)).toMatchObject({ state: 'connected', stateReason: null });
});

test('JWT bearer signs in for a user whom an admin approved, and says what is missing before', async () => {
  // An assertion ends by the org's clock.
  await connecting.org.control('POST', '/reset');
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { username } = connecting.org.simulator.org.users.integration;
  await connecting.org.control('PUT', '/apps', {
    clientId: 'jwt',
    publicKey,
    permittedUsers: 'adminApproved',
    approvedUsers: [],
  });
  const id = await connecting.make('JWT');
  const app = {
    flow: 'jwt-bearer',
    domain: connecting.org.simulator.org.url,
    clientId: 'jwt',
    username,
    privateKey,
  };
  expect((await connecting.api('PUT', `/${id}/salesforce`, { ...app, privateKey: 'no key' })).status).toBe(
    422,
  );
  await connecting.api('PUT', `/${id}/salesforce`, app);
  const refused = await connecting.api<Problem>('POST', `/${id}/salesforce/connect`);
  expect([refused.status, refused.body.reason?.code]).toEqual([422, 'user-not-approved']);
  await connecting.org.control('PUT', '/apps', { clientId: 'jwt', approvedUsers: ['integration'] });
  expect(await connecting.api('POST', `/${id}/salesforce/connect`)).toMatchObject({
    body: { state: 'connected', salesforce: { username } },
  });
  await connecting.org.control('PUT', '/faults', [{ fault: 'expireSession', times: 1 }]);
  expect((await check(id)).status).toBe(200);
});

test('a field that was deleted, and one that may not be edited, are named with the exact grant', async () => {
  const id = await connecting.make('Fields');
  await connecting.connect(id);
  const mapping = { rating: { on: true, field: 'Gone__c' }, workflow: { on: true, field: 'CreatedDate' } };
  const identifier = { upflow: 'externalId', salesforce: 'Deleted_Number__c' };
  await sql`
    update connection set export_mapping = ${JSON.stringify(mapping)}::json,
      identifier = ${JSON.stringify(identifier)}::json, revision = revision + 1
    where connection_id = ${id}`.execute(connecting.console.services.database.db);
  connecting.console.services.directory.forget(id);
  const { body } = await connecting.api<{
    ok: boolean;
    checks: { name: string; missing: string[]; action: string }[];
  }>('GET', `/${id}/salesforce/permissions`);
  const missing = Object.fromEntries(body.checks.map((one) => [one.name, one.missing]));
  expect(body.ok).toBe(false);
  expect(missing['Fields that are written']).toEqual(
    expect.arrayContaining(['Gone__c: Read, Edit', 'CreatedDate: Edit']),
  );
  expect(missing['Shared identifier']).toEqual(['Deleted_Number__c: Read']);
  expect(body.checks.map(({ action }) => action).join()).toMatch(
    /deleted[^]*Upflow Integration|Upflow Integration[^]*deleted/,
  );
  expect(await connecting.view(id)).toMatchObject({ steps: { salesforce: 'done', permissions: 'todo' } });
});

test('the currency of the org is compared with those of Upflow, and an admin says that they know', async () => {
  const id = await connecting.make('Currency');
  await connecting.connect(id);
  const { db } = connecting.console.services.database;
  await sql`
    insert into customer (connection_id, customer_id, updated_at, push_sent_at, push_id, state)
    values (${id}, 'c', now(), now(), 'p', '{"id":"c","currency":"EUR"}'::json)`.execute(db);
  expect(await connecting.api('GET', `/${id}/currency`)).toMatchObject({
    body: { organizationCurrency: 'USD', multiCurrency: false, upflowCurrencies: ['EUR'], confirmed: false },
  });
  expect(await connecting.api('PUT', `/${id}/currency`, { confirmed: true })).toMatchObject({
    body: { confirmed: true },
  });
  await connecting.org.control('PUT', '/settings', { multiCurrency: true });
  expect(await connecting.api('GET', `/${id}/currency`)).toMatchObject({
    body: { multiCurrency: true, confirmed: true },
  });
  await connecting.org.control('PUT', '/settings', { multiCurrency: false });
});
