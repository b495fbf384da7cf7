import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openUpflow } from './open-upflow.ts';

let upflow: Awaited<ReturnType<typeof openUpflow>>;

beforeAll(async () => {
  upflow = await openUpflow();
});
afterEach(() => upflow.control('POST', '/reset'));
afterAll(() => upflow.close());

interface Customer {
  id: string;
  externalId: string;
}
const readPage = async (query: string): Promise<{ customers: Customer[]; total: number }> =>
  (await upflow.call(`/customers?${query}`)).body as never;

test('pages of customers hold each of them once', async () => {
  const pages = await Promise.all([0, 10, 20, 30].map((offset) => readPage(`offset=${offset}&limit=10`)));
  expect(pages.map(({ customers }) => customers.length)).toEqual([10, 10, 5, 0]);
  expect(new Set(pages.flatMap(({ customers }) => customers.map(({ id }) => id))).size).toBe(25);
  expect((await upflow.call('/customers?offset=20&limit=10')).body).toMatchObject({
    offset: 20,
    limit: 10,
    total: 25,
  });
});

test.each(['limit=501', 'limit=0', 'offset=-1', 'limit=many'])('a page with %s is refused', async (query) => {
  expect(await upflow.call(`/customers?${query}`)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('from 1 to 500') },
  });
});

test('a customer shows what the API shows, and nothing that only pushes carry', async () => {
  const { body } = await upflow.call('/customers/external:285');
  expect(body).toMatchObject({
    externalId: '285',
    name: 'Edge Communications',
    currency: 'USD',
    balance: expect.any(Number),
    amountOverdue: expect.any(Number),
    directUrl: `https://app.upflow.example/customers/${String(body.id)}`,
    customFields: [{ name: 'Tier', type: 'SELECT', value: expect.stringMatching(/Gold|Silver/) }],
  });
  const hidden = [
    'rating',
    'averagePaymentDelay',
    'collectionStatus',
    'portal',
    'savedPaymentMethod',
    'ageing',
  ];
  expect(Object.keys(body).filter((key) => hidden.includes(key))).toEqual([]);
});

test('the same customer is found by its id, and a stranger is not found', async () => {
  const { body } = await upflow.call('/customers/external:NS-4471');
  expect((await upflow.call(`/customers/${String(body.id)}`)).body).toEqual(body);
  expect(await upflow.call('/customers/external:nobody')).toMatchObject({
    status: 404,
    body: { message: expect.any(String) },
  });
});

test('a wrong key, a wrong secret and no key at all are refused', async () => {
  const keys = upflow.keys();
  const attempts = [
    { ...keys, apiKey: keys.apiSecret },
    { ...keys, apiSecret: `${keys.apiSecret}x` },
    { apiKey: '', apiSecret: '' },
  ];
  for (const attempt of attempts) {
    expect(await upflow.call('/customers', attempt)).toMatchObject({
      status: 401,
      body: { message: 'Invalid API key or secret.' },
    });
  }
});

test('a rotated key pair takes the place of the one before', async () => {
  const before = upflow.keys();
  const after = (await upflow.control('PUT', '/api-keys')).body as never;
  expect(await upflow.call('/customers', before)).toMatchObject({ status: 401 });
  expect(await upflow.call('/customers', after)).toMatchObject({ status: 200 });
});

test('one request more than a minute allows is answered 429, with when to come back', async () => {
  await upflow.control('PUT', '/settings', { requestsPerMinute: 3 });
  const statuses: number[] = [];
  for (let request = 0; request < 3; request++)
    statuses.push((await upflow.call('/customers?limit=1')).status);
  const refused = await upflow.call('/customers?limit=1');
  expect([...statuses, refused.status]).toEqual([200, 200, 200, 429]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.body.message).toEqual(expect.any(String));
});

test('the API can be told to be slow, and to refuse; the controls go on', async () => {
  await upflow.control('PUT', '/settings', { latencyMs: 120, refuse: 503 });
  const startedAt = performance.now();
  expect(await upflow.call('/customers')).toMatchObject({ status: 503 });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(110);
  expect(await upflow.control('PUT', '/settings', { latencyMs: 0, refuse: null })).toMatchObject({
    body: { latencyMs: 0, refuse: null, requestsPerMinute: 600, concurrentRequests: 10 },
  });
  expect(await upflow.call('/customers')).toMatchObject({ status: 200 });
});
