import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';

let pipeline: Pipeline;
beforeEach(async () => {
  pipeline = await startPipeline();
});
afterEach(() => pipeline.stop());

let clock = Date.parse('2026-11-22T10:00:00Z');
/** A customer, each one updated later than the one before unless it says otherwise. */
function customer(externalId: string, data: object = {}) {
  clock += 1000;
  return {
    id: `customer-${externalId}`,
    externalId,
    currency: 'USD',
    updatedAt: new Date(clock).toISOString(),
    ...data,
  };
}
const seedOne = async (identifier: string, fields: object = {}): Promise<string> => {
  const [id] = await pipeline.seedAccounts([
    { Name: `Account ${identifier}`, Shared_Identifier__c: identifier, ...fields },
  ]);
  return id ?? '';
};

test('the figures of a push are on the matched Account, in the org’s own forms', async () => {
  const id = await seedOne('T-285');
  const pushId = await pipeline.push(
    'customer.updated',
    customer('T-285', {
      amountOutstanding: 14_823_050,
      amountOverdue: 6_214_025,
      countInvoicesOverdue: 3,
      averagePaymentDelay: 17.8,
      rating: 'A',
      collectionStatus: 'PAUSED',
      pausedUntil: '2026-12-01',
      portal: { url: 'https://pay.upflow.io/x', expiresAt: '2027-01-21T10:15:30Z' },
      nextAction: { name: 'Second reminder', dueDate: '2026-11-25' },
    }),
  );
  expect(await pipeline.settled(pushId)).toMatchObject({
    outcome: 'written',
    customers: [{ customerId: 'customer-T-285', accountId: id, outcome: 'written', reason: null }],
  });
  expect(await pipeline.readAccount(id)).toMatchObject({
    upflow__Outstanding_Amount__c: 148_230.5,
    upflow__Overdue_Amount__c: 62_140.25,
    upflow__Overdue_Invoices__c: 3,
    upflow__Average_Payment_Delay__c: 17.8,
    upflow__Payer_Rating__c: 'A',
    upflow__Collection_Status__c: 'Paused',
    upflow__Paused_Until__c: '2026-12-01',
    upflow__Portal_Link__c: 'https://pay.upflow.io/x',
    upflow__Portal_Link_Expires__c: '2027-01-21T10:15:30.000+0000',
    upflow__Next_Action__c: 'Second reminder',
    upflow__Balance_Currency__c: 'USD',
    upflow__Customer_Id__c: 'customer-T-285',
    upflow__Sync_Status__c: 'Synced',
    upflow__Last_Synced__c: expect.any(String),
  });
});

test('a push that says what is known already ends unchanged and costs no write', async () => {
  await seedOne('T-285');
  const data = customer('T-285', { amountDue: 100 });
  await pipeline.settled(await pipeline.push('customer.updated', data));
  const before = await pipeline.control<{ rowsWritten: number }>('GET', 'stats');
  const again = await pipeline.push('customer.updated', { ...data, updatedAt: customer('T-285').updatedAt });
  expect((await pipeline.settled(again)).outcome).toBe('unchanged');
  expect(await pipeline.control('GET', 'stats')).toMatchObject({ rowsWritten: before.rowsWritten });
});

test('an older state that arrives later is superseded and changes nothing', async () => {
  const id = await seedOne('T-285');
  const older = customer('T-285', { amountDue: 100 });
  const newer = customer('T-285', { amountDue: 200 });
  await pipeline.settled(await pipeline.push('customer.updated', newer));
  const late = await pipeline.push('customer.updated', older);
  expect((await pipeline.settled(late)).outcome).toBe('superseded');
  expect(await pipeline.readAccount(id)).toMatchObject({ upflow__Due_Amount__c: 2 });
});

test('a push of a type that nobody knows ends rejected, and says why', async () => {
  const push = await pipeline.settled(await pipeline.push('invoice.paid', { id: 1 }));
  expect(push).toMatchObject({ outcome: 'rejected', customers: [{ reason: { code: 'unknown-type' } }] });
});

test('a push of many customers has one outcome for each, and the one that most needs a person for all', async () => {
  await seedOne('1');
  const pushId = await pipeline.push('customers.updated', { customers: [customer('1'), customer('2')] });
  expect(await pipeline.settled(pushId)).toMatchObject({
    outcome: 'unmatched',
    customers: [
      { customerId: 'customer-1', outcome: 'written' },
      { customerId: 'customer-2', outcome: 'unmatched', reason: { code: 'no-account' } },
    ],
  });
});

test('a customer deleted in Upflow leaves our fields blank and the others as they were', async () => {
  const id = await seedOne('T-285', { Phone: '555' });
  await pipeline.settled(
    await pipeline.push('customer.updated', customer('T-285', { amountDue: 100, rating: 'B' })),
  );
  const { updatedAt } = customer('T-285');
  const pushId = await pipeline.push('customer.deleted', { id: 'customer-T-285', updatedAt });
  expect((await pipeline.settled(pushId)).outcome).toBe('written');
  const account = await pipeline.readAccount(id);
  const ours = Object.entries(account).filter(
    ([name]) => name.startsWith('upflow__') && !name.includes('Shared'),
  );
  expect(ours.map(([, value]) => value)).toEqual(ours.map(() => null));
  expect(account).toMatchObject({ Phone: '555', upflow__Shared_Identifier__c: 'T-285' });
});

describe('a customer is not matched when', () => {
  test('two Accounts have its identifier, which both are named', async () => {
    await pipeline.stop();
    pipeline = await startPipeline({ identifier: { upflow: 'externalId', salesforce: 'AccountNumber' } });
    const twins = await pipeline.seedAccounts([
      { Name: 'A', AccountNumber: 'X' },
      { Name: 'B', AccountNumber: 'X' },
    ]);
    const { customers } = await pipeline.settled(await pipeline.push('customer.updated', customer('X')));
    expect(customers[0]).toMatchObject({ outcome: 'unmatched', reason: { code: 'duplicate-account' } });
    for (const id of twins) expect(customers[0]?.reason?.message).toContain(id);
  });

  test('another customer has the same identifier; the earlier match is told on its Account', async () => {
    const id = await seedOne('T-285');
    await pipeline.settled(await pipeline.push('customer.updated', customer('T-285', { amountDue: 100 })));
    const twin = await pipeline.push('customer.updated', { ...customer('T-285'), id: 'twin' });
    expect((await pipeline.settled(twin)).customers[0]?.reason?.code).toBe('duplicate-customer');
    const account = await eventually(async () => {
      const row = await pipeline.readAccount(id);
      return row.upflow__Sync_Status__c === 'Needs attention' ? row : undefined;
    }, 'the Account to need attention');
    expect(account).toMatchObject({ upflow__Due_Amount__c: 1, upflow__Customer_Id__c: 'customer-T-285' });
  });

  test('the identifier differs in case, with the Account that it resembles', async () => {
    const id = await seedOne('abc');
    const { customers } = await pipeline.settled(await pipeline.push('customer.updated', customer('ABC')));
    expect(customers[0]).toMatchObject({ reason: { code: 'formatting-difference' } });
    expect(customers[0]?.reason?.message).toContain(id);
  });

  test('it has no identifier', async () => {
    const { customers } = await pipeline.settled(
      await pipeline.push('customer.updated', { ...customer('x'), externalId: null }),
    );
    expect(customers[0]?.reason?.code).toBe('no-identifier');
  });
});

test('a customer whose identifier changes moves to the other Account and leaves the first one clean', async () => {
  const first = await seedOne('old');
  const second = await seedOne('new');
  const data = customer('old', { id: 'c', amountDue: 100 });
  await pipeline.settled(await pipeline.push('customer.updated', data));
  const moved = await pipeline.push('customer.updated', customer('new', { id: 'c', amountDue: 100 }));
  expect(await pipeline.settled(moved)).toMatchObject({
    outcome: 'written',
    customers: [{ accountId: second }],
  });
  expect(await pipeline.readAccount(first)).toMatchObject({
    upflow__Customer_Id__c: null,
    upflow__Due_Amount__c: null,
  });
  expect(await pipeline.readAccount(second)).toMatchObject({
    upflow__Customer_Id__c: 'c',
    upflow__Due_Amount__c: 1,
  });
});

test('two customers that swap identifiers in one push end on each other’s Account', async () => {
  const a = await seedOne('a');
  const b = await seedOne('b');
  const both = (first: string, second: string) => ({
    customers: [
      customer(first, { id: 'c1', amountDue: 100 }),
      customer(second, { id: 'c2', amountDue: 200 }),
    ],
  });
  await pipeline.settled(await pipeline.push('customers.updated', both('a', 'b')));
  const swapped = await pipeline.settled(await pipeline.push('customers.updated', both('b', 'a')));
  expect(swapped.outcome).toBe('written');
  expect(await pipeline.readAccount(b)).toMatchObject({
    upflow__Customer_Id__c: 'c1',
    upflow__Due_Amount__c: 1,
  });
  expect(await pipeline.readAccount(a)).toMatchObject({
    upflow__Customer_Id__c: 'c2',
    upflow__Due_Amount__c: 2,
  });
});

test('a customer moves on only once its Account has the figures of the one that takes it over', async () => {
  const shared = await seedOne('shared');
  const next = await seedOne('next');
  const moving = (externalId: string) => customer(externalId, { id: 'moving', amountDue: 200 });
  await pipeline.settled(await pipeline.push('customer.updated', moving('shared')));
  await pipeline.control('PUT', 'faults', [
    { match: { path: '/composite/sobjects' }, fault: 'rowError', accountIds: [shared], times: 1 },
  ]);
  const taking = customer('shared', { id: 'taking', amountDue: 100 });
  const pushId = await pipeline.push('customers.updated', { customers: [taking, moving('next')] });
  expect((await pipeline.settled(pushId)).outcome).toBe('written');
  expect(await pipeline.readAccount(shared)).toMatchObject({
    upflow__Customer_Id__c: 'taking',
    upflow__Due_Amount__c: 1,
  });
  expect(await pipeline.readAccount(next)).toMatchObject({
    upflow__Customer_Id__c: 'moving',
    upflow__Due_Amount__c: 2,
  });
});

test('a customer is matched by the Account id, in 15 or 18 characters', async () => {
  await pipeline.stop();
  pipeline = await startPipeline({ identifier: { upflow: 'externalId', salesforce: 'Id' } });
  const [first = '', second = ''] = await pipeline.seedAccounts([{ Name: 'A' }, { Name: 'B' }]);
  for (const [id, identifier] of [
    [first, first],
    [second, second.slice(0, 15)],
  ] as const) {
    const push = await pipeline.settled(
      await pipeline.push('customer.updated', customer(identifier, { id: `c${identifier.length}` })),
    );
    expect(push.customers[0]).toMatchObject({ outcome: 'written', accountId: id });
  }
});

test('what was written is remembered over a restart', async () => {
  await seedOne('T-285');
  const data = customer('T-285', { amountDue: 100 });
  await pipeline.settled(await pipeline.push('customer.updated', data));
  await pipeline.restart();
  const again = await pipeline.push('customer.updated', { ...data, updatedAt: customer('T-285').updatedAt });
  expect((await pipeline.settled(again)).outcome).toBe('unchanged');
});

test('an org with several currencies gets each Account’s amounts in its own', async () => {
  await pipeline.control('PUT', 'settings', { multiCurrency: true });
  const id = await seedOne('T-285', { CurrencyIsoCode: 'EUR' });
  await pipeline.settled(await pipeline.push('customer.updated', customer('T-285', { amountDue: 10_000 })));
  const account = await pipeline.readAccount(id);
  expect(account.upflow__Balance_Currency__c).toBe('EUR');
  expect(account.upflow__Due_Amount__c).toBeGreaterThan(0);
  expect(account.upflow__Due_Amount__c).not.toBe(100);
});
