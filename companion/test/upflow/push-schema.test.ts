import { expect, test } from '@jest/globals';
import { isKnownPush, readPush } from '../../src/upflow/push-schema.ts';

const timestamp = '2026-11-22T10:15:30.123Z';
const updated = (data: object) =>
  readPush({ type: 'customer.updated', timestamp, data: { id: 'c1', ...data } });

test('a full push as Upflow describes it is read as it is', () => {
  const { push, problems } = updated({
    externalId: '285',
    name: 'Edge Communications',
    currency: 'USD',
    amountOutstanding: 14_823_050,
    ageing: { days1To30: 3_100_000, days31To60: 1_764_025, days61To90: 900_000, over90: 450_000 },
    averagePaymentDelay: 17.8,
    rating: 'A',
    collectionStatus: 'ACTIVE',
    pausedUntil: null,
    portal: { url: 'https://pay.upflow.io/abc', expiresAt: '2027-01-21T10:15:30Z' },
    savedPaymentMethod: { type: 'CARD', lastPaymentStatus: 'SUCCEEDED' },
    oldestOverdueDueDate: '2026-08-14',
    nextAction: { name: 'Second reminder', dueDate: '2026-11-25' },
    customFields: [{ id: 'f', name: 'Tier', type: 'SELECT', value: 'Gold' }],
    updatedAt: '2026-11-22T10:15:29.870Z',
  });
  expect(problems).toBeUndefined();
  expect(push && isKnownPush(push)).toBe(true);
});

test('keys that nobody knows are kept', () => {
  expect(updated({ tomorrow: 1 }).push).toMatchObject({ data: { tomorrow: 1 } });
});

test('a type that nobody knows is read, as one that is not acted on', () => {
  const { push } = readPush({ type: 'invoice.paid', timestamp, data: 5 });
  expect(push && isKnownPush(push)).toBe(false);
});

test.each([
  ['a fraction of a cent', { currency: 'USD', amountDue: 1.5 }, 'data.amountDue'],
  ['an amount as text', { currency: 'USD', amountDue: '15' }, 'data.amountDue'],
  ['an amount beyond exact numbers', { currency: 'USD', amountDue: 2 ** 60 }, 'data.amountDue'],
  ['an amount without a currency', { amountDue: 15 }, 'data.currency'],
  ['a currency that does not exist', { currency: 'ABC' }, 'data.currency'],
  ['a negative count', { countInvoicesDue: -1 }, 'data.countInvoicesDue'],
  ['a day that does not exist', { lastPaymentAt: '2026-02-30' }, 'data.lastPaymentAt'],
  ['a date in another form', { updatedAt: '22/11/2026' }, 'data.updatedAt'],
  ['a year that no database knows', { updatedAt: '0000-01-01T00:00:00Z' }, 'data.updatedAt'],
  ['a year that Salesforce cannot read', { lastPaymentAt: '9999-12-31' }, 'data.lastPaymentAt'],
  ['a moment in such a year', { pausedUntil: '9999-12-31T23:59:59-23:59' }, 'data.pausedUntil'],
  ['half of a surrogate pair', { externalId: 'a\ud800' }, 'data.externalId'],
  ['a link that runs a script', { directUrl: 'javascript:alert(1)' }, 'data.directUrl'],
  ['a link without encryption', { portal: { url: 'http://pay.upflow.io' } }, 'data.portal.url'],
  ['a NUL character', { externalId: 'a\0b' }, 'data.externalId'],
  ['an id that begins with a byte order mark', { id: '\ufeffx' }, 'data.id'],
  ['an id that no field holds', { id: 'x'.repeat(37) }, 'data.id'],
])('%s is refused by the name of its field', (_case, data, field) => {
  expect(updated(data).problems?.map((problem) => problem.field)).toEqual([field]);
});

test.each([[null], [5], ['text'], [[]], [{}], [{ type: 'customer.updated' }], [{ type: '', timestamp }]])(
  'the body %j is refused',
  (body) => {
    expect(readPush(body).problems).not.toHaveLength(0);
  },
);

test('every problem is named at once', () => {
  const { problems } = updated({ currency: 'ABC', amountDue: 'x', directUrl: 'x' });
  expect(problems?.map(({ field }) => field).toSorted()).toEqual([
    'data.amountDue',
    'data.currency',
    'data.directUrl',
  ]);
});

test('a push of many customers takes 500 and no more, and names the one that is wrong', () => {
  const many = (count: number) => ({
    type: 'customers.updated',
    timestamp,
    data: { customers: Array.from({ length: count }, (_, index) => ({ id: `c${index}` })) },
  });
  expect(readPush(many(500)).problems).toBeUndefined();
  expect(readPush(many(501)).problems?.[0]?.field).toBe('data.customers');
  expect(readPush(many(0)).problems?.[0]?.field).toBe('data.customers');
  const wrong = many(3);
  Object.assign(wrong.data.customers[1] ?? {}, { rating: 7 });
  expect(readPush(wrong).problems?.map(({ field }) => field)).toEqual(['data.customers.1.rating']);
});
