import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openUpflow } from './open-upflow.ts';

let upflow: Awaited<ReturnType<typeof openUpflow>>;

beforeAll(async () => {
  upflow = await openUpflow();
});
afterEach(() => upflow.control('POST', '/reset'));
afterAll(() => upflow.close());

const seed = (customers: number, more: object = {}) =>
  upflow.control('POST', '/seed', { customers, invoicesPerCustomer: 10, externalIdPrefix: 'T-', ...more });

interface Invoice {
  id: string;
  customerId: string;
  state: string;
  amountOutstanding: number;
}
interface Customer {
  id: string;
  externalId: string;
  balance: number;
  amountDue: number;
  amountOverdue: number;
  countInvoicesOverdue: number;
}
interface Payment {
  linkedInvoices: { invoice: { id: string; status: string; paidDate: string | null } }[];
}

async function readAll<Item>(path: string, key: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let total = 1; items.length < total;) {
    const { body } = await upflow.call(`${path}?offset=${items.length}&limit=500`);
    items.push(...(body[key] as Item[]));
    total = body.total as number;
  }
  return items;
}

test('a seeded organization agrees with itself: customers, invoices and payments', async () => {
  expect((await seed(2000)).body).toMatchObject({ customers: 2000, invoices: 20_000 });
  await upflow.control('PUT', '/settings', { requestsPerMinute: 10_000 });
  const customers = await readAll<Customer>('/customers', 'customers');
  const invoices = await readAll<Invoice>('/invoices', 'invoices');
  const payments = await readAll<Payment>('/payments', 'items');
  expect(customers.filter(({ externalId }) => externalId.startsWith('T-')).length).toBe(2000);
  expect(new Set(invoices.map(({ id }) => id)).size).toBe(invoices.length);

  const sums = new Map(customers.map(({ id }) => [id, { DUE: 0, OVERDUE: 0, count: 0 }]));
  for (const { customerId, state, amountOutstanding } of invoices) {
    const sum = sums.get(customerId);
    if (sum === undefined || (state !== 'DUE' && state !== 'OVERDUE')) continue;
    sum[state] += amountOutstanding;
    if (state === 'OVERDUE') sum.count++;
  }
  const wrong = customers.filter(({ id, amountDue, amountOverdue, countInvoicesOverdue }) => {
    const sum = sums.get(id);
    return amountDue !== sum?.DUE || amountOverdue !== sum.OVERDUE || countInvoicesOverdue !== sum.count;
  });
  expect(wrong).toEqual([]);
  const paid = new Set(
    payments.flatMap(({ linkedInvoices }) =>
      linkedInvoices.filter(({ invoice }) => invoice.paidDate !== null).map(({ invoice }) => invoice.id),
    ),
  );
  expect(invoices.filter(({ id, state }) => (state === 'PAID') !== paid.has(id))).toEqual([]);
}, 60_000);

test('customers with a prefix are seeded once', async () => {
  await seed(3, { invoicesPerCustomer: 0 });
  expect(await seed(3)).toMatchObject({ status: 400, body: { error: expect.stringContaining('Prefix') } });
  expect((await upflow.call('/customers/external:T-3')).body).toMatchObject({
    name: 'Company T-3',
    balance: 0,
  });
});

test.each([false, true])(
  'pages are those of the whole list, in whatever order they are asked for (newest first: %j)',
  async (shiftPages) => {
    await seed(300, { invoicesPerCustomer: 0 });
    await upflow.control('PUT', '/settings', { shiftPages });
    const ids = async (offset: number, limit: number) =>
      ((await upflow.call(`/customers?offset=${offset}&limit=${limit}`)).body.customers as Customer[]).map(
        ({ id }) => id,
      );
    let whole = await ids(0, 500);
    expect(whole.length).toBe(325);
    for (const [offset, limit] of [
      [100, 50],
      [150, 50],
      [50, 50],
      [320, 50],
      [0, 7],
      [7, 93],
      [324, 1],
      [400, 5],
    ] as const)
      expect(await ids(offset, limit)).toEqual(whole.slice(offset, offset + limit));
    await upflow.write('DELETE', `/customers/${whole[60] ?? ''}`);
    await upflow.write('POST', '/customers', { name: 'Last', externalId: 'last' });
    whole = await ids(0, 500);
    for (const [offset, limit] of [
      [50, 50],
      [100, 50],
      [0, 50],
      [300, 50],
    ] as const)
      expect(await ids(offset, limit)).toEqual(whole.slice(offset, offset + limit));
  },
);
