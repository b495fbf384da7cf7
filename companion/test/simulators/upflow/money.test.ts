import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openUpflow } from './open-upflow.ts';

let upflow: Awaited<ReturnType<typeof openUpflow>>;

beforeAll(async () => {
  upflow = await openUpflow();
});
beforeEach(async () => {
  await upflow.control('PUT', '/settings', { today: '2026-06-15' });
  await upflow.write('POST', '/customers', { name: 'Payer', externalId: 'p' });
});
afterEach(() => upflow.control('POST', '/reset'));
afterAll(() => upflow.close());

const customer = { externalId: 'p' };
const at = async (day: string) => upflow.control('PUT', '/settings', { today: day });
const bill = (externalId: string, grossAmount: number, dueDate: string, currency = 'USD') =>
  upflow.write('POST', '/invoices', {
    ...{ externalId, customId: `N-${externalId}`, customer, issuedAt: '2026-05-01', dueDate, currency },
    ...{ grossAmount, netAmount: grossAmount },
  });
const pay = (amount: number, linkedInvoices?: object[], more: object = {}) =>
  upflow.write('POST', '/payments', {
    ...{ amount, currency: 'USD', validatedAt: '2026-06-10', customer, linkedInvoices },
    ...more,
  });
const read = async (path: string) => (await upflow.call(path)).body;
const figures = () => read('/customers/external:p');
const pushed = async () => (await upflow.control('GET', '/customers/external:p')).body;

test('an invoice is due until its due date, overdue from the day after, and paid when nothing is left', async () => {
  await bill('a', 1000, '2026-06-15');
  expect(await read('/invoices/external:a')).toMatchObject({ state: 'DUE', amountOutstanding: 1000 });
  await at('2026-06-16');
  expect(await read('/invoices/external:a')).toMatchObject({ state: 'OVERDUE' });
  await pay(400, [{ externalId: 'a', linkedAmount: 400 }]);
  expect(await read('/invoices/external:a')).toMatchObject({ state: 'OVERDUE', amountOutstanding: 600 });
  const { body } = await pay(700, [{ customId: 'N-a', linkedAmount: 600 }]);
  expect(await read('/invoices/external:a')).toMatchObject({
    state: 'PAID',
    amountOutstanding: 0,
    payments: [{ linkedAmount: 400 }, { linkedAmount: 600 }],
  });
  expect(body).toMatchObject({
    amountLinked: 600,
    customer: { externalId: 'p', companyName: 'Payer' },
    linkedInvoices: [
      {
        linkedAmount: 600,
        invoice: { customId: 'N-a', status: 'PAID', amountOutstanding: 0, paidDate: '2026-06-10' },
      },
    ],
  });
});

test('what a customer owes is due and overdue without what nobody has matched', async () => {
  await bill('a', 1000, '2026-06-01');
  await bill('b', 500, '2026-07-01');
  await pay(300);
  await upflow.write('POST', '/credit_notes', {
    ...{ customId: 'C', currency: 'USD', grossAmount: 250, netAmount: 250, customer, issuedAt: '2026-06-12' },
    linkedInvoices: [{ externalId: 'b', linkedAmount: 200 }],
  });
  await upflow.write('POST', '/refunds', {
    amount: 100,
    currency: 'USD',
    validatedAt: '2026-06-14',
    customer,
  });
  expect(await figures()).toMatchObject({
    ...{ amountDue: 300, amountOverdue: 1000, countInvoicesDue: 1, countInvoicesOverdue: 1 },
    balance: 1300 - (300 + 50 - 100),
    currency: 'USD',
  });
});

test('payment that goes opens its invoices again; an invoice that goes leaves its money unapplied', async () => {
  await bill('a', 1000, '2026-06-20');
  const { body } = await pay(1000, [{ externalId: 'a', linkedAmount: 1000 }]);
  expect(await figures()).toMatchObject({ amountDue: 0, balance: 0 });
  await upflow.write('DELETE', `/payments/${String(body.id)}`);
  expect(await read('/invoices/external:a')).toMatchObject({ state: 'DUE', amountOutstanding: 1000 });
  await pay(1000, [{ externalId: 'a', linkedAmount: 1000 }]);
  await upflow.write('DELETE', '/invoices/external:a');
  expect(await figures()).toMatchObject({ amountDue: 0, balance: -1000 });
});

test('nothing is linked twice, neither of a payment nor of an invoice', async () => {
  await bill('a', 1000, '2026-06-20');
  const tooMuch = await pay(2000, [{ externalId: 'a', linkedAmount: 1001 }]);
  expect(tooMuch).toMatchObject({
    status: 400,
    body: { message: 'linkedAmount 1001 is more than the 1000 that are left.' },
  });
  expect((await read('/customers/external:p')).balance).toBe(1000);
  expect((await pay(500, [{ externalId: 'a', linkedAmount: 600 }])).status).toBe(400);
  expect(await figures()).toMatchObject({ balance: 1000 });
});

test('links that are given again take the place of those before', async () => {
  await bill('a', 1000, '2026-06-20');
  await bill('b', 1000, '2026-06-20');
  await pay(1000, [{ externalId: 'a', linkedAmount: 1000 }], { externalId: 'pay' });
  await pay(1000, [{ externalId: 'b', linkedAmount: 900 }], { externalId: 'pay' });
  expect(await read('/invoices/external:a')).toMatchObject({ amountOutstanding: 1000 });
  expect(await read('/invoices/external:b')).toMatchObject({ amountOutstanding: 100 });
});

test('a reconciliation matches money with invoices, and is undone by empty lists', async () => {
  await bill('a', 1000, '2026-06-20');
  await bill('b', 500, '2026-06-20');
  await pay(1200, undefined, { externalId: 'pay' });
  const matched = await upflow.write('POST', '/reconcile', {
    externalId: 'r',
    payments: [{ externalId: 'pay', amountLinked: 1200 }],
    invoices: [
      { externalId: 'a', amountLinked: 1000 },
      { externalId: 'b', amountLinked: 200 },
    ],
  });
  expect(matched).toMatchObject({ status: 201, body: 'CREATED' });
  expect(await figures()).toMatchObject({ amountDue: 300, balance: 300 });
  await upflow.write('POST', '/reconcile', { externalId: 'r', payments: [], invoices: [] });
  expect(await figures()).toMatchObject({ amountDue: 1500, balance: 300 });
});

test('pushes carry delay, rating and ageing by the day of the organization', async () => {
  await bill('a', 14_000, '2026-06-01');
  await bill('b', 8500, '2026-04-16');
  await pay(14_000, [{ externalId: 'a', linkedAmount: 14_000 }], { validatedAt: '2026-06-08' });
  await pay(8500, [{ externalId: 'b', linkedAmount: 8500 }], { validatedAt: '2026-06-10' });
  await bill('c', 21_400, '2026-06-05');
  expect(await pushed()).toMatchObject({
    averagePaymentDelay: 17.8,
    rating: 'A',
    ageing: { days1To30: 21_400, days31To60: 0, days61To90: 0, over90: 0 },
    oldestOverdueDueDate: '2026-06-05',
    lastPaymentAt: '2026-06-10',
  });
  await at('2026-12-01');
  expect(await pushed()).toMatchObject({ rating: 'D', ageing: { days1To30: 0, over90: 21_400 } });
});

test('a dispute is not shown by the API, and a cancelled invoice counts nowhere', async () => {
  await bill('a', 1000, '2026-07-15');
  const before = await read('/invoices/external:a');
  await upflow.control('POST', '/customers/external:p/disputes', { invoice: 'a' });
  expect(await read('/invoices/external:a')).toEqual(before);
  expect(await pushed()).toMatchObject({ amountDue: 1000, averagePaymentDelay: -30 });
  await upflow.control('POST', '/customers/external:p/cancellations', { invoice: 'N-a' });
  expect(await read('/invoices/external:a')).toMatchObject({ state: 'CANCELLED', amountOutstanding: 0 });
  expect(await pushed()).toMatchObject({ amountDue: 0, averagePaymentDelay: null, rating: null });
});

test('amounts in other currencies are converted at the rates of the organization', async () => {
  await upflow.control('PUT', '/settings', { exchangeRates: { USD: 1, EUR: 1.25, JPY: 0.01 } });
  await bill('a', 1000, '2026-06-20', 'EUR');
  await bill('b', 5000, '2026-06-20', 'JPY');
  expect(await figures()).toMatchObject({ currency: 'USD', amountDue: 1250 + 5000, countInvoicesDue: 2 });
});

test('figures given by hand hold until something that they come from changes', async () => {
  await bill('a', 1000, '2026-06-20');
  const { id } = await figures();
  await upflow.control('PUT', '/customers', [{ id, amountDue: 7 }]);
  expect(await figures()).toMatchObject({ amountDue: 7, balance: 1000 });
  await upflow.control('POST', '/customers/external:p/payments', {
    linkedInvoices: [{ externalId: 'a', linkedAmount: 100 }],
  });
  expect(await figures()).toMatchObject({ amountDue: 900, balance: 900 });
});

test('what the controls add needs no more than what matters', async () => {
  const invoice = await upflow.control('POST', '/customers/external:p/invoices', { grossAmount: 300 });
  expect(invoice).toMatchObject({
    status: 201,
    body: { state: 'DUE', issuedAt: '2026-06-15', dueDate: '2026-07-15', currency: 'USD', grossAmount: 300 },
  });
  await upflow.control('POST', '/customers/external:p/credit-notes', {
    linkedInvoices: [{ id: invoice.body.id, linkedAmount: 300 }],
  });
  expect(await figures()).toMatchObject({ balance: 0, countInvoicesDue: 0 });
  expect(await upflow.control('POST', '/customers/external:nobody/invoices', {})).toMatchObject({
    status: 404,
    body: { error: 'Customer external:nobody not found.' },
  });
});

test('a PDF is taken for an invoice and for a credit note, and only where there is one', async () => {
  await bill('a', 1000, '2026-06-20');
  expect((await upflow.write('POST', '/invoices/external:a/pdf', { data: 'JVBERi0=' })).status).toBe(204);
  expect((await upflow.write('POST', '/invoices/external:a/pdf', {})).status).toBe(400);
  expect((await upflow.write('POST', '/credit_notes/external:a/pdf', { data: 'JVBERi0=' })).status).toBe(404);
});
