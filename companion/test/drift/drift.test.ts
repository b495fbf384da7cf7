import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runAudit } from '../../src/audit-drift/run-audit.ts';
import { addAudit, addDueAudits, beginAudit } from '../../src/store/drift-audits.ts';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';
import { openDrift } from './open-drift.ts';

const ACCOUNTS = 500;

let pipeline: Pipeline;
let drift: ReturnType<typeof openDrift>;
let ids: string[];
const numbers = Array.from({ length: ACCOUNTS }, (_, index) => index);
const customer = (number: number, data: object = {}) => ({
  id: `c${String(number).padStart(4, '0')}`,
  name: `Customer ${number}`,
  externalId: `D-${number}`,
  currency: 'USD',
  amountOutstanding: number * 1000 + 3,
  amountDue: number * 100 + 50,
  amountOverdue: number * 10,
  rating: 'A',
  averagePaymentDelay: 17.85,
  collectionStatus: 'ACTIVE',
  oldestOverdueDueDate: '2026-08-14',
  portal: { url: `https://pay.example.com/${number}?a=1&b=2`, expiresAt: '2027-01-21T10:15:30.250Z' },
  workflow: { id: 'w', name: ' Enterprise ' },
  nextAction: { name: 'Second\nreminder', dueDate: '2026-11-25' },
  ...data,
});

beforeAll(async () => {
  pipeline = await startPipeline();
  drift = openDrift(pipeline);
  ids = await pipeline.seedAccounts(
    numbers.map((number) => ({ Name: `D ${number}`, Shared_Identifier__c: `D-${number}` })),
  );
  const push = await pipeline.push('customers.updated', {
    customers: numbers.map((number) => customer(number)),
  });
  await pipeline.settled(push);
}, 90_000);
afterAll(() => pipeline.stop());

const shown = async (number: number) => {
  const { Id, SystemModstamp, LastModifiedDate, ...account } = await pipeline.readAccount(ids[number] ?? '');
  return { stamp: SystemModstamp, changed: LastModifiedDate, Id, account };
};
const callsOf = async () => (await pipeline.control<{ apiCalls: number }>('GET', 'stats')).apiCalls;

test('Accounts that nobody touched show no drift, whatever the types of their fields, for a handful of calls', async () => {
  const before = await callsOf();
  const audit = await drift.audit();
  expect(audit).toMatchObject({
    state: 'done',
    total: ACCOUNTS,
    compared: ACCOUNTS,
    drifted: 0,
    gone: 0,
    counts: {},
  });
  expect((await callsOf()) - before).toBeLessThanOrEqual(4);
  expect(audit.calls).toBe((await callsOf()) - before);
});

test('drift in one of a hundred Accounts is found exactly, repaired exactly, and gone at a second look', async () => {
  const planted: [number, string, string | number | null, string][] = [
    [7, 'upflow__Outstanding_Amount__c', null, 'blanked'],
    [123, 'upflow__Due_Amount__c', 123.51, 'changed'],
    [250, 'upflow__Workflow__c', 'enterprise', 'changed'],
    [377, 'upflow__Portal_Link__c', null, 'blanked'],
    [499, 'upflow__Oldest_Overdue_Date__c', '2026-08-15', 'changed'],
  ];
  for (const [number, field, value] of planted) await drift.edit(ids[number] ?? '', { [field]: value });
  // Typed again as it was, and what is not ours: no drift.
  await drift.edit(ids[42] ?? '', { upflow__Due_Amount__c: 42.5, Name: 'Another name' });
  const untouched = await shown(8);
  const before = await shown(123);

  const audit = await drift.audit();
  expect(audit).toMatchObject({ state: 'done', compared: ACCOUNTS, drifted: planted.length, gone: 0 });
  const rows = await drift.rows(audit.id, { limit: '2' });
  expect(rows.map(({ accountId, field, kind }) => [accountId, field, kind])).toEqual(
    planted
      .map(([number, field, , kind]) => [ids[number], field, kind])
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
  expect(rows.find(({ customerId }) => customerId === 'c0123')).toMatchObject({
    shows: '123.51',
    shouldShow: '123.5',
    repair: null,
  });
  expect(await drift.rows(audit.id, { field: 'upflow__Portal_Link__c' })).toHaveLength(1);

  await drift.repair(audit.id, { customerIds: ['c0007'] });
  const looked = await drift.audit({ ofAudit: audit.id });
  expect(looked).toMatchObject({ total: 5, compared: 5, drifted: 4, ofAudit: audit.id });
  await drift.repair(audit.id);
  expect((await drift.audit({ ofAudit: audit.id })).drifted).toBe(0);
  expect((await drift.rows(audit.id)).map(({ repair }) => repair)).toEqual(Array(5).fill('done'));

  // Nothing but the drifted field was written, beside when it was: and no other Account.
  const after = await shown(123);
  const differing = Object.keys(after.account).filter(
    (name) => JSON.stringify(after.account[name]) !== JSON.stringify(before.account[name]),
  );
  expect(differing.toSorted()).toEqual(['upflow__Due_Amount__c', 'upflow__Last_Synced__c']);
  expect(await shown(8)).toEqual(untouched);
  expect((await drift.audit()).drifted).toBe(0);
  const story = await pipeline.ask<{ story: { what: string; detail: string }[] }>(
    'GET',
    'acme/customers/c0123',
  );
  expect(story.story[0]?.detail).toContain('Due_Amount__c');
}, 90_000);

test('a bulk job reads the same as plain calls, and finds Accounts that are gone', async () => {
  await drift.edit(ids[11] ?? '', {
    upflow__Average_Payment_Delay__c: 3,
    upflow__Portal_Link_Expires__c: null,
  });
  await drift.remove(ids[12] ?? '');
  const services = pipeline.services();
  const { db } = services.database;
  const id = (await addAudit(db, 'acme', { by: 'test' })) ?? '';
  await runAudit(services, 'acme', new AbortController().signal, 100);
  const audit = await drift.ended(id);
  expect(audit).toMatchObject({ state: 'done', compared: ACCOUNTS, drifted: 1, gone: 1 });
  expect((await drift.rows(id)).map(({ customerId, field, kind }) => [customerId, field, kind])).toEqual([
    ['c0011', 'upflow__Average_Payment_Delay__c', 'changed'],
    ['c0011', 'upflow__Portal_Link_Expires__c', 'blanked'],
    ['c0012', null, 'gone'],
  ]);
  expect(await drift.rows(id, { field: 'gone' })).toHaveLength(1);
  await drift.repair(id);
  const rows = await drift.rows(id);
  expect(rows.map(({ repair }) => repair)).toEqual(['done', 'done', 'failed']);
  expect((await drift.audit()).drifted).toBe(0);
}, 60_000);

test('customers that are being written are no drift', async () => {
  await drift.edit(ids[20] ?? '', { upflow__Due_Amount__c: 1 });
  const { db } = pipeline.services().database;
  await db
    .updateTable('customer')
    .set({ dirty_at: new Date(), next_attempt_at: new Date(Date.now() + 60_000) })
    .where('customer_id', '=', 'c0020')
    .execute();
  expect(await drift.audit()).toMatchObject({ drifted: 0 });
  await db
    .updateTable('customer')
    .set({ next_attempt_at: null })
    .where('customer_id', '=', 'c0020')
    .execute();
  pipeline.services().kick('acme');
  await eventually(async () => {
    const { waiting } = await db
      .selectFrom('customer')
      .select((eb) => eb.fn.countAll<string>().as('waiting'))
      .where('dirty_at', 'is not', null)
      .executeTakeFirstOrThrow();
    return Number(waiting) === 0 ? true : undefined;
  }, 'nothing to be written');
  const audit = await drift.audit();
  expect(audit.drifted).toBe(1);
  await drift.repair(audit.id);
});

test('an audit is not begun where its calls are not left, and says so', async () => {
  await pipeline.setCap('acme', 2);
  const audit = await drift.audit();
  expect(audit).toMatchObject({ state: 'refused', reason: { code: 'too-few-calls' }, compared: 0 });
  expect(audit.reason?.message).toMatch(/takes about \d+ API calls, and 0 of the 2/);
  await pipeline.setCap('acme', 100_000);
});

test('an audit that was cut off is begun anew from nothing, and who was cut off keeps nothing any more', async () => {
  await drift.edit(ids[30] ?? '', { upflow__Due_Amount__c: 1 });
  const services = pipeline.services();
  const { db } = services.database;
  const id = (await addAudit(db, 'acme', { by: 'test' })) ?? '';
  // A process that was killed in the middle left it so.
  await beginAudit(db, 'acme');
  await db
    .insertInto('drift_row')
    .values({
      connection_id: 'acme',
      audit_id: id,
      account_id: ids[31] ?? '',
      field: 'x',
      customer_id: 'c0031',
      kind: 'changed',
      shows: null,
      should_show: null,
      repair_run_id: null,
    })
    .execute();
  expect((await pipeline.api('POST', 'drift-audits', {})).status).toBe(409);
  await pipeline.restart();
  const audit = await drift.ended(id);
  expect(audit).toMatchObject({ state: 'done', drifted: 1 });
  expect((await drift.rows(id)).map(({ customerId }) => customerId)).toEqual(['c0030']);
  await drift.repair(id);
}, 60_000);

test('what an audit found of a customer goes when the customer is erased', async () => {
  await drift.edit(ids[60] ?? '', { upflow__Workflow__c: 'canary' });
  const audit = await drift.audit();
  expect(await drift.rows(audit.id)).toHaveLength(1);
  await pipeline.api('POST', 'customers/c0060/erase', { confirm: 'c0060' });
  await eventually(
    async () => ((await drift.rows(audit.id)).length === 0 ? true : undefined),
    'the row to go',
  );
});

test('audits come by themselves as often as an admin says, and not where that is never', async () => {
  const { db } = pipeline.services().database;
  await addDueAudits(db, 'schedule');
  const first = await pipeline.ask<{ schedule: string; nextAt: string }>('GET', 'acme/drift-audits');
  expect(first.schedule).toBe('daily');
  expect(Date.parse(first.nextAt) - Date.now()).toBeGreaterThan(20 * 3_600_000);
  const makeDue = () =>
    db
      .updateTable('drift_setting')
      .set({ next_at: new Date(0) })
      .execute();
  await makeDue();
  expect((await pipeline.api('PUT', 'drift-schedule', { schedule: 'off' })).body).toEqual({
    schedule: 'off',
    nextAt: null,
  });
  await makeDue();
  const count = async () => (await pipeline.ask<{ rows: unknown[] }>('GET', 'acme/drift-audits')).rows.length;
  const before = await count();
  await addDueAudits(db, 'schedule');
  expect(await count()).toBe(before);
  await pipeline.api('PUT', 'drift-schedule', { schedule: 'weekly' });
  await makeDue();
  await addDueAudits(db, 'schedule');
  await addDueAudits(db, 'schedule');
  expect(await count()).toBe(before + 1);
  pipeline.services().kickAudit('acme');
  const { rows } = await pipeline.ask<{ rows: { id: string }[] }>('GET', 'acme/drift-audits');
  expect(await drift.ended(rows[0]?.id ?? '')).toMatchObject({ state: 'done' });
});
