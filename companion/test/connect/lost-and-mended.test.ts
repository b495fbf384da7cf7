import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { adminOf } from '../support/admin-of-org.ts';
import { startPipeline, eventually, type Pipeline } from '../support/start-pipeline.ts';
import type { View } from './open-connecting.ts';

// Whatever ends a connection is planted in the org while pushes come: each time the API says why and what to do, the
// push waits, and after the fix it is written.

let pipeline: Pipeline;
let number = 0;
beforeAll(async () => {
  pipeline = await startPipeline({ config: { simulatorOrigin: 'http://127.0.0.1:0' } });
  await pipeline.seedAccounts(
    Array.from({ length: 30 }, (_, index) => ({ Name: `A${index}`, Shared_Identifier__c: `S-${index}` })),
  );
});
afterEach(async () => {
  await pipeline.control('PUT', 'faults', []);
});
afterAll(() => pipeline.stop());

/** A push of a customer that no other push told of. */
function push(): Promise<string> {
  number++;
  return pipeline.push('customer.updated', {
    id: `customer-${number}`,
    externalId: `S-${number}`,
    currency: 'USD',
    amountDue: 100 + number,
    updatedAt: new Date().toISOString(),
  });
}

const view = async () => (await pipeline.api<View>('GET', '')).body;
const expireSessions = () => pipeline.control('PUT', 'clock', { advanceMs: 3 * 3_600_000 });
const setApp = (app: object) => pipeline.control('PUT', 'apps', app);

/** Waits until the connection says that it needs somebody, and why. */
const lost = (code: string) =>
  eventually(async () => {
    const shown = await view();
    return shown.state === 'reconnect needed' && shown.stateReason?.code === code
      ? shown.stateReason
      : undefined;
  }, `the connection to be lost by ${code}`);

/** The push waits for a person, for this reason; once `mend` is done it is written. */
async function losesNothing(code: string, mend: () => Promise<unknown>): Promise<void> {
  const pushId = await push();
  const reason = await lost(code);
  expect(reason.explanation).not.toBe('');
  expect(reason.action).not.toBe('');
  expect((await pipeline.waiting(pushId)).reason.code).toBe(code);
  expect((await pipeline.readPush(pushId)).outcome).toBe('pending');
  await mend();
  expect((await pipeline.settled(pushId)).outcome).toBe('written');
  expect(await view()).toMatchObject({ state: 'connected', stateReason: null });
}

const connectAgain = async () => {
  const answer = await pipeline.api('POST', 'salesforce/connect');
  expect(answer).toMatchObject({ status: 200, body: { state: 'connected' } });
};
const useSecret = (clientSecret: string, domain = pipeline.salesforce.org.url) =>
  pipeline.api('PUT', 'salesforce', {
    flow: 'client-credentials',
    domain,
    clientId: pipeline.salesforce.clientId,
    clientSecret,
  });

test('a push is written while all is well', async () => {
  expect((await pipeline.settled(await push())).outcome).toBe('written');
});

test('an expired session is renewed without anybody noticing', async () => {
  await expireSessions();
  expect((await pipeline.settled(await push())).outcome).toBe('written');
  expect((await view()).state).toBe('connected');
});

test('a rotated secret: enter the new one, connect again', async () => {
  await setApp({ clientSecret: 'the-secret-of-tomorrow' });
  await expireSessions();
  await losesNothing('secret-refused', async () => {
    await useSecret('the-secret-of-tomorrow');
    await connectAgain();
  });
  await setApp({ clientSecret: pipeline.salesforce.clientSecret });
  await useSecret(pipeline.salesforce.clientSecret);
});

test('an app that was uninstalled: install it, connect again', async () => {
  await setApp({ installed: false });
  await losesNothing('app-not-installed', async () => {
    await setApp({ installed: true });
    await connectAgain();
  });
});

test('a user who was made inactive: activate the user, connect again', async () => {
  await pipeline.control('PUT', 'users/integration', { active: false });
  await losesNothing('inactive-user', async () => {
    await pipeline.control('PUT', 'users/integration', { active: true });
    await connectAgain();
  });
});

test('an IP restriction: lift it, connect again', async () => {
  await pipeline.control('PUT', 'settings', { ipRestricted: true });
  await expireSessions();
  await losesNothing('ip-restricted', async () => {
    await pipeline.control('PUT', 'settings', { ipRestricted: false });
    await connectAgain();
  });
});

describe('permissions that are taken away hold the export, which goes on by itself once they are back', () => {
  /** The push waits and says why; nobody has to tell the companion that it was mended. */
  async function holds(code: string, action: RegExp, mend: () => Promise<unknown>): Promise<void> {
    const pushId = await push();
    const { reason } = await pipeline.waiting(pushId);
    expect(reason).toMatchObject({ code, action: expect.stringMatching(action) });
    expect((await view()).stateReason).toMatchObject({ code });
    await mend();
    expect((await pipeline.settled(pushId)).outcome).toBe('written');
  }

  test('API access', async () => {
    await pipeline.control('PUT', 'users/integration', { apiEnabled: false });
    await holds('API_CURRENTLY_DISABLED', /API Enabled/, () =>
      pipeline.control('PUT', 'users/integration', { apiEnabled: true }),
    );
  });

  test("the package's permission set", async () => {
    await pipeline.control('PUT', 'settings', { permissionSets: { integration: [] } });
    // What is known of the fields is asked for anew after a refusal.
    const pushId = await push();
    await eventually(async () => {
      const { body } = await pipeline.api<{ ok: boolean; checks: { missing: string[]; ok: boolean }[] }>(
        'GET',
        'salesforce/permissions',
      );
      return body.checks.some(({ missing }) => missing.join().includes('Upflow')) ? body : undefined;
    }, 'the permission check to name the permission set');
    await pipeline.waiting(pushId);
    await pipeline.control('PUT', 'settings', { permissionSets: { integration: ['Upflow_Integration'] } });
    expect((await pipeline.settled(pushId)).outcome).toBe('written');
    const { body } = await pipeline.api<{ ok: boolean }>('GET', 'salesforce/permissions');
    expect(body).toMatchObject({ ok: true });
  });
});

test('a field that was deleted holds the export, which names it; what came meanwhile is written once it is back', async () => {
  const admin = adminOf(pipeline);
  const field = { type: 'Currency', precision: 18, scale: 2 };
  await admin.addField('Own_Due__c', field);
  await pipeline.api('PUT', 'mapping', { choices: { dueAmount: { on: true, field: 'Own_Due__c' } } });
  await pipeline.settled(await push());
  await admin.removeField('Own_Due__c');
  const pushId = await push();
  const { reason } = await pipeline.waiting(pushId);
  expect(reason).toMatchObject({
    code: 'mapped-field-missing',
    action: expect.stringMatching(/Bring the field back/),
  });
  expect((await view()).stateReason).toMatchObject({
    code: 'mapped-field-missing',
    message: expect.stringContaining('Own_Due__c'),
  });
  await admin.addField('Own_Due__c', field);
  const { customers } = await pipeline.settled(pushId);
  expect(customers).toMatchObject([{ outcome: 'written' }]);
  const account = await pipeline.readAccount(customers[0]?.accountId ?? '');
  expect(account.Own_Due__c).toBe((100 + number) / 100);
  await pipeline.api('PUT', 'mapping', { choices: { dueAmount: { on: true, field: null } } });
}, 60_000);

test('a pause keeps pushes, and says so; they are written when it ends', async () => {
  expect(await pipeline.api('POST', 'pause')).toMatchObject({ status: 200, body: { state: 'paused' } });
  const pushId = await push();
  expect((await pipeline.waiting(pushId)).reason.code).toBe('paused');
  expect(await pipeline.api('POST', 'resume')).toMatchObject({ body: { state: 'connected' } });
  expect((await pipeline.settled(pushId)).outcome).toBe('written');
});

test('disconnecting ends the tokens at Salesforce, keeps pushes and what was chosen; connecting again is one step', async () => {
  await pipeline.settled(await push());
  const before = await view();
  expect(await pipeline.api('POST', 'disconnect')).toMatchObject({ body: { state: 'disconnected' } });
  const pushId = await push();
  expect((await pipeline.waiting(pushId)).reason.code).toBe('disconnected');
  await connectAgain();
  expect((await pipeline.settled(pushId)).outcome).toBe('written');
  const after = await view();
  expect([after.organizationId, after.salesforce?.clientId]).toEqual([
    before.organizationId,
    before.salesforce?.clientId,
  ]);
});

test('an org that moved is followed to where its old address points, because it is the same org', async () => {
  await pipeline.settled(await push());
  const before = await view();
  const { url } = await pipeline.control<{ url: string }>('POST', 'move', { oldAddress: 'redirect' });
  expect((await pipeline.settled(await push())).outcome).toBe('written');
  expect(await view()).toMatchObject({
    state: 'connected',
    organizationId: before.organizationId,
    salesforce: { origin: url, instanceOrigin: url },
  });
});

test('an org whose old address is gone: enter the new one, connect again', async () => {
  // The control API moved with the org.
  const move = await fetch(`${pipeline.salesforce.org.url}/_simulator/move`, {
    method: 'POST',
    body: JSON.stringify({ oldAddress: 'gone' }),
  });
  const { url } = (await move.json()) as { url: string };
  const pushId = await push();
  expect((await lost('host-gone')).action).toContain('My Domain');
  await useSecret(pipeline.salesforce.clientSecret, url);
  await connectAgain();
  expect((await pipeline.settled(pushId)).outcome).toBe('written');
});
