import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openUpflow } from './open-upflow.ts';

let upflow: Awaited<ReturnType<typeof openUpflow>>;

beforeAll(async () => {
  upflow = await openUpflow();
});
afterEach(() => upflow.control('POST', '/reset'));
afterAll(() => upflow.close());

const stats = async () => (await upflow.control('GET', '/stats')).body;
const fail = (...faults: object[]) => upflow.control('PUT', '/faults', faults);

test('the eleventh request at once is answered 429, with when to come back', async () => {
  await upflow.control('PUT', '/settings', { latencyMs: 150 });
  const replies = await Promise.all(Array.from({ length: 12 }, () => upflow.call('/users')));
  expect(replies.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(200), 429, 429]);
  expect(replies.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1');
});

test('two writes of one customer at once are counted, whatever names the customer', async () => {
  await upflow.control('PUT', '/settings', { latencyMs: 60 });
  const { id } = (await upflow.call('/customers/external:285')).body;
  await Promise.all([
    upflow.write('PUT', '/customers/external:285', { vatNumber: '1' }),
    upflow.write('POST', '/customers', { id, vatNumber: '2' }),
    upflow.write('PUT', '/customers/external:286', { vatNumber: '3' }),
  ]);
  expect(await stats()).toMatchObject({ writes: 3, overlappingWrites: 1 });
});

test('calls are counted by what they ask for', async () => {
  await upflow.call('/customers/external:285');
  await upflow.call('/customers/external:286');
  await upflow.write('POST', '/customers', {});
  expect(await stats()).toMatchObject({
    apiCalls: 3,
    writes: 0,
    byResource: { 'GET /customers/:id': 2, 'POST /customers': 1 },
  });
});

test('a fault befalls the calls that it is meant for, as often as it says', async () => {
  await fail(
    { match: { method: 'GET', path: '/users', nth: 2 }, fault: 'status-503', retryAfter: 7 },
    { match: { path: '^/actions' }, fault: 'html', times: 1 },
  );
  const statuses: number[] = [];
  for (let call = 0; call < 3; call++) statuses.push((await upflow.call('/users')).status);
  expect(statuses).toEqual([200, 503, 200]);
  await expect(upflow.call('/actions')).rejects.toThrow('JSON');
  expect((await upflow.call('/actions')).status).toBe(200);
  expect((await upflow.control('GET', '/faults')).body).toMatchObject([{ fired: 1 }, { fired: 1 }]);
});

test('a connection is closed before the work, or after it', async () => {
  const write = (externalId: string) => upflow.write('POST', '/customers', { externalId, name: 'A' });
  await fail({ fault: 'reset', times: 1 });
  await expect(write('a')).rejects.toThrow();
  expect((await upflow.call('/customers/external:a')).status).toBe(404);
  await fail({ match: { method: 'POST' }, fault: 'reset-after', times: 1 });
  await expect(write('b')).rejects.toThrow();
  expect((await upflow.call('/customers/external:b')).status).toBe(200);
});

test('an answer can be cut short, or never come', async () => {
  await fail({ fault: 'cut-json', times: 1 });
  await expect(upflow.call('/users')).rejects.toThrow('JSON');
  await fail({ fault: 'hang', times: 1 });
  const late = Symbol('no answer');
  const hanging = upflow.call('/users').catch(() => late);
  expect((await upflow.call('/users')).status).toBe(200);
  const soon = new Promise((resolve) => setTimeout(() => resolve(late), 30));
  expect(await Promise.race([hanging, soon])).toBe(late);
});

test('a fault that is not known is refused by its place in the list', async () => {
  expect(await fail({ fault: 'reset' }, { fault: 'flood' })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('1.fault') },
  });
});

test('lists show a write later than the call that asks for it by its id', async () => {
  await upflow.control('PUT', '/settings', { consistencyDelayMs: 60_000 });
  const list = async () =>
    (await upflow.call('/customers?limit=500')).body as never as {
      customers: { externalId: string; vatNumber: string | null }[];
      total: number;
    };
  const shown = async (externalId: string) =>
    (await list()).customers.find((customer) => customer.externalId === externalId);
  await upflow.write('POST', '/customers', { externalId: 'new', name: 'New' });
  await upflow.write('PUT', '/customers/external:285', { vatNumber: 'later' });
  await upflow.write('DELETE', '/customers/external:286');
  expect((await upflow.call('/customers/external:new')).status).toBe(200);
  expect(await list()).toMatchObject({ total: 25 });
  expect(await shown('new')).toBeUndefined();
  expect(await shown('285')).toMatchObject({ vatNumber: null });
  expect(await shown('286')).toBeDefined();
  await upflow.control('PUT', '/settings', { consistencyDelayMs: 0 });
  expect(await shown('new')).toBeDefined();
  expect(await shown('285')).toMatchObject({ vatNumber: 'later' });
  expect(await shown('286')).toBeUndefined();
});

test('where lists begin with the newest, what is added moves everything to later pages', async () => {
  await upflow.control('PUT', '/settings', { shiftPages: true });
  const page = async (offset: number) =>
    ((await upflow.call(`/customers?offset=${offset}&limit=10`)).body.customers as { id: string }[]).map(
      ({ id }) => id,
    );
  const first = await page(0);
  await upflow.write('POST', '/customers', { externalId: 'new', name: 'New' });
  const second = await page(10);
  expect(second[0]).toBe(first.at(-1));
  const all = [...(await page(0)), ...second, ...(await page(20))];
  expect(new Set(all).size).toBe(26);
});
