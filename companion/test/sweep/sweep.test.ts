import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSweeping, type Sweeping } from './open-sweeping.ts';

const DAY_IN_MS = 86_400_000;
const START = Date.parse('2026-01-10T09:00:00Z');

let sweeping: Sweeping;
let accounts: string[];
let day = 0;
beforeAll(async () => {
  sweeping = await openSweeping();
  const records = Array.from({ length: 8 }, (_, index) => ({
    Name: `A${index}`,
    Shared_Identifier__c: `W-${index}`,
  }));
  accounts = await sweeping.pipeline.seedAccounts(records);
  await sweeping.setTime(new Date(START));
}, 60_000);
afterAll(() => sweeping.stop());

const passDays = (days: number) => sweeping.setTime(new Date(START + (day += days) * DAY_IN_MS));
const today = (plus = 0) => new Date(START + (day + plus) * DAY_IN_MS).toISOString().slice(0, 10);
const moment = (plusMinutes = 0) => new Date(START + day * DAY_IN_MS + plusMinutes * 60_000).toISOString();
const read = (index: number) => sweeping.pipeline.readAccount(accounts[index] ?? '');
const put = (index: number, more: object = {}) =>
  sweeping.control('PUT', 'customers', [
    { id: `w${index}`, externalId: `W-${index}`, name: `Customer ${index}`, currency: 'USD', ...more },
  ]);
const invoice = (index: number, customId: string, grossAmount: number, dueDate: string) =>
  sweeping.control('POST', `customers/w${index}/invoices`, { customId, grossAmount, dueDate });

test('an organization that sends no pushes gets every figure that the API can give', async () => {
  await put(0);
  await invoice(0, 'I-1', 10_000, today(-20));
  await invoice(0, 'I-2', 5000, today(10));
  await sweeping.sweep();
  expect(await read(0)).toMatchObject({
    upflow__Outstanding_Amount__c: 150,
    upflow__Overdue_Amount__c: 100,
    upflow__Due_Amount__c: 50,
    upflow__Overdue_Invoices__c: 1,
    upflow__Due_Invoices__c: 1,
    upflow__Overdue_1_30__c: 100,
    upflow__Average_Payment_Delay__c: 20,
    upflow__Payer_Rating__c: 'A',
    upflow__Oldest_Overdue_Date__c: today(-20),
    upflow__Balance_Currency__c: 'USD',
  });
});

test('a customer on an Account gets a portal link with the pass after its figures', async () => {
  await sweeping.sweep();
  const { upflow__Portal_Link__c: link, upflow__Portal_Link_Expires__c: expires } = await read(0);
  expect(link).toMatch(/^http/);
  expect(Date.parse(String(expires)) - START).toBeGreaterThanOrEqual(59 * DAY_IN_MS);
});

test('a pass over what has not changed enters nothing and writes nothing', async () => {
  await sweeping.sweep();
  const before = await sweeping.pipeline.control<{ rowsWritten: number }>('GET', 'stats');
  await sweeping.sweep();
  const after = await sweeping.pipeline.control<{ rowsWritten: number }>('GET', 'stats');
  expect(after.rowsWritten).toBe(before.rowsWritten);
  expect((await sweeping.pipeline.api<{ changed: number }>('GET', 'sweep')).body.changed).toBe(0);
});

test('a pause and a saved payment method, which the API does not show, stay as a push told them', async () => {
  await put(1);
  await invoice(1, 'I-3', 7000, today(-3));
  await sweeping.pipeline.settled(
    await sweeping.pipeline.push('customer.updated', {
      id: 'w1',
      externalId: 'W-1',
      currency: 'USD',
      amountOverdue: 100,
      collectionStatus: 'PAUSED',
      savedPaymentMethod: { type: 'CARD', lastPaymentStatus: 'SUCCEEDED' },
      updatedAt: moment(-60),
    }),
  );
  await sweeping.sweep();
  expect(await read(1)).toMatchObject({
    upflow__Overdue_Amount__c: 70,
    upflow__Collection_Status__c: 'Paused',
    upflow__Saved_Payment_Method__c: 'CARD',
  });
});

test('a push from after the reading wins over it, and what is read later wins over the push', async () => {
  const pushed = await sweeping.pipeline.push('customer.updated', {
    id: 'w1',
    externalId: 'W-1',
    currency: 'USD',
    amountOverdue: 4200,
    updatedAt: moment(1),
  });
  await sweeping.pipeline.settled(pushed);
  await sweeping.sweep();
  expect((await read(1)).upflow__Overdue_Amount__c).toBe(42);
  await passDays(1);
  await sweeping.sweep();
  expect((await read(1)).upflow__Overdue_Amount__c).toBe(70);
});

test('a push that comes late brings what only pushes know, and leaves the newer figures', async () => {
  await sweeping.pipeline.settled(
    await sweeping.pipeline.push('customer.updated', {
      id: 'w1',
      externalId: 'W-1',
      currency: 'USD',
      amountOverdue: 1,
      collectionStatus: 'ACTIVE',
      updatedAt: moment(-30),
    }),
  );
  expect(await read(1)).toMatchObject({
    upflow__Overdue_Amount__c: 70,
    upflow__Collection_Status__c: 'Active',
  });
});

test('a push without a portal link leaves the one that was made for the customer', async () => {
  const { upflow__Portal_Link__c: link } = await read(0);
  await sweeping.pipeline.settled(
    await sweeping.pipeline.push('customer.updated', {
      id: 'w0',
      externalId: 'W-0',
      currency: 'USD',
      amountDue: 500,
      updatedAt: moment(2),
    }),
  );
  expect(await read(0)).toMatchObject({ upflow__Due_Amount__c: 5, upflow__Portal_Link__c: link });
});

test('a customer that Upflow no longer has leaves its Account blank', async () => {
  await put(2);
  await invoice(2, 'I-4', 900, today(-1));
  await sweeping.sweep();
  expect((await read(2)).upflow__Overdue_Amount__c).toBe(9);
  await sweeping.control('DELETE', 'customers/w2');
  await passDays(1);
  await sweeping.sweep();
  expect((await read(2)).upflow__Overdue_Amount__c).toBeNull();
});

test('between two whole passes the list alone is read, and what changed in it is entered', async () => {
  await sweeping.sweep();
  await sweeping.pipeline.services().database.pool.query('update sweep set last_whole_seconds = 1000');
  await passDays(1 / 24);
  await invoice(0, 'I-5', 2500, today(5));
  const before = await sweeping.control<{ byResource: Record<string, number> }>('GET', 'stats');
  await sweeping.sweep({ whole: false });
  const after = await sweeping.control<{ byResource: Record<string, number> }>('GET', 'stats');
  expect((await read(0)).upflow__Due_Amount__c).toBe(75);
  const ofMoney = ({ byResource }: typeof before) =>
    Object.entries(byResource).filter(([resource]) => /invoices|payments/.test(resource));
  expect(ofMoney(before).length).toBeGreaterThan(0);
  expect(ofMoney(after)).toEqual(ofMoney(before));
  expect((await sweeping.pipeline.api<{ whole: boolean }>('GET', 'sweep')).body.whole).toBe(false);
});

test('nobody can send what a sweep enters', async () => {
  const pushId = await sweeping.pipeline.push('sweep', {
    customers: [{ id: 'w0', amountDue: 1 }],
    deleted: ['w1'],
  });
  expect(await sweeping.pipeline.settled(pushId)).toMatchObject({ outcome: 'rejected' });
  expect((await read(1)).upflow__Overdue_Amount__c).toBe(70);
});

test('when Upflow refuses the key the sweep and the list of runs say so, and nothing is entered', async () => {
  const newestRun = async () => (await sweeping.pipeline.api<{ rows: object[] }>('GET', 'runs')).body.rows[0];
  expect(await newestRun()).toMatchObject({ work: 'sweep', state: 'done', counts: { changed: 1 } });
  await sweeping.control('PUT', 'settings', { refuse: 401 });
  await sweeping.sweep();
  await sweeping.control('PUT', 'settings', { refuse: null });
  expect((await sweeping.pipeline.api('GET', 'sweep')).body).toMatchObject({
    state: 'failed',
    reason: { code: 'upflow-refused' },
  });
  expect(await newestRun()).toMatchObject({ work: 'sweep', state: 'failed', code: 'upflow-refused' });
});

test('when most customers are missing, as with the key of another organization, none is taken for deleted', async () => {
  const others = Array.from({ length: 25 }, (_, index) => ({
    id: `other-${index}`,
    name: 'O',
    currency: 'USD',
  }));
  await sweeping.control('PUT', 'customers', others);
  await sweeping.sweep();
  for (const { id } of others) await sweeping.control('DELETE', `customers/${id}`);
  await sweeping.sweep();
  expect((await sweeping.pipeline.api('GET', 'sweep')).body).toMatchObject({
    state: 'failed',
    reason: { code: 'customers-vanished', action: expect.stringContaining('API key') },
  });
  const { rows } = await sweeping.pipeline
    .services()
    .database.pool.query(`select from customer where customer_id like 'other-%' and state is not null`);
  expect(rows).toHaveLength(25);
});

test('how often Upflow is read can be set; what makes no sense is refused by name', async () => {
  const set = (body: object) => sweeping.pipeline.api<{ errors?: { field: string }[] }>('PUT', 'sweep', body);
  expect(await set({ isOn: false, intervalHours: 24 })).toMatchObject({
    status: 200,
    body: { isOn: false, intervalHours: 24 },
  });
  const refused = await set({ isOn: true, intervalHours: 0 });
  expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([422, 'intervalHours']);
});
