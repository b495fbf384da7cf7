import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';
import { openEventStream } from './open-event-stream.ts';

let pipeline: Pipeline;
let ids: string[];
beforeAll(async () => {
  pipeline = await startPipeline();
  ids = await pipeline.seedAccounts(
    Array.from({ length: 20 }, (_, index) => ({
      Name: `Account ${index}`,
      Shared_Identifier__c: `R-${index}`,
    })),
  );
});
afterAll(() => pipeline.stop());

const customer = (index: number, data: object = {}) => ({
  id: `c${index}`,
  externalId: `R-${index}`,
  name: `Brook Number ${index}`,
  currency: 'USD',
  amountDue: 100 + index,
  updatedAt: new Date().toISOString(),
  ...data,
});

interface Failure {
  code: string;
  outcome: string;
  count: number;
  message: string;
  explanation: string;
  action: string;
}
const readFailures = async () => (await pipeline.api<{ rows: Failure[] }>('GET', 'failures')).body.rows;
const failuresOf = async (code: string) => (await readFailures()).find((group) => group.code === code);

interface Story {
  customer: { outcome: string; name: string };
  account: { id: string } | null;
  story: { what: string; detail: string; at: string; reason: { code: string } | null }[];
}
const readStory = async (id: string) => (await pipeline.api<Story>('GET', `customers/${id}`)).body;

const refuseRatingD = (message: string) =>
  pipeline.control('PUT', 'settings', {
    validationRules: [{ name: 'No', field: 'upflow__Payer_Rating__c', whenEquals: 'D', message }],
  });
const allowEverything = () => pipeline.control('PUT', 'settings', { validationRules: [] });

test('failures are grouped by reason with what to do, and vanish once the cause is gone and they are retried', async () => {
  await refuseRatingD('Ask finance first.');
  const customers = [0, 1, 2].map((index) => customer(index, { rating: 'D' }));
  const pushId = await pipeline.push('customers.updated', {
    customers: [...customers, customer(50), customer(3)],
  });
  await pipeline.settled(pushId);

  expect(await readFailures()).toMatchObject([
    {
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      outcome: 'needs attention',
      count: 3,
      message: 'Ask finance first.',
      explanation: expect.stringContaining('validation rule'),
      action: expect.stringContaining('retry'),
    },
    { code: 'no-account', outcome: 'unmatched', count: 1 },
  ]);
  const rows = await pipeline.api<{ rows: object[]; next: string | null }>(
    'GET',
    'failures/FIELD_CUSTOM_VALIDATION_EXCEPTION?limit=2',
  );
  const rest = await pipeline.api<{ rows: object[]; next: string | null }>(
    'GET',
    `failures/FIELD_CUSTOM_VALIDATION_EXCEPTION?limit=2&after=${rows.body.next}`,
  );
  expect(rest.body.next).toBeNull();
  expect([...rows.body.rows, ...rest.body.rows]).toHaveLength(3);
  expect(rows.body.rows[0]).toMatchObject({
    customerId: 'c2',
    customerName: 'Brook Number 2',
    accountId: ids[2],
    message: 'Ask finance first.',
    pushId,
  });

  const some = await pipeline.api('POST', 'retries', { customerIds: ['c0', 'c3', 'nobody'] });
  expect(some).toEqual({ status: 202, body: { customers: 1 } });
  await allowEverything();
  const all = await pipeline.api<{ customers: number }>('POST', 'retries', {
    code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  });
  expect(all.body.customers).toBeGreaterThanOrEqual(2);
  await eventually(
    async () => ((await failuresOf('FIELD_CUSTOM_VALIDATION_EXCEPTION')) ? undefined : true),
    'the group to vanish',
  );
  expect(await pipeline.readAccount(ids[0] ?? '')).toMatchObject({ upflow__Payer_Rating__c: 'D' });

  await pipeline.seedAccounts([{ Name: 'Late', Shared_Identifier__c: 'R-50' }]);
  await pipeline.api('POST', 'retries', { code: 'no-account' });
  await pipeline.settledAs(pushId, 'written');
  expect(await readFailures()).toEqual([]);
});

test("a newer push of a failing customer takes the older state's failure away", async () => {
  await refuseRatingD('No.');
  await pipeline.settled(await pipeline.push('customer.updated', customer(4, { rating: 'D' })));
  expect(await failuresOf('FIELD_CUSTOM_VALIDATION_EXCEPTION')).toMatchObject({ count: 1 });
  await pipeline.settledAs(await pipeline.push('customer.updated', customer(4, { rating: 'A' })), 'written');
  expect(await failuresOf('FIELD_CUSTOM_VALIDATION_EXCEPTION')).toBeUndefined();
  await allowEverything();
});

test("a customer's story tells its way from push to match, refusal, retry and write", async () => {
  await pipeline.settled(await pipeline.push('customer.updated', customer(5)));
  await refuseRatingD('Finance says no.');
  const pushId = await pipeline.push('customer.updated', customer(5, { rating: 'D' }));
  await pipeline.settled(pushId);
  await allowEverything();
  await pipeline.retry(pushId);
  await pipeline.settledAs(pushId, 'written');
  await pipeline.settled(
    await pipeline.push('customer.updated', customer(5, { updatedAt: '2026-01-01T00:00:00Z' })),
  );

  const { customer: now, account, story } = await readStory('c5');
  expect(now).toMatchObject({ name: 'Brook Number 5', outcome: 'written' });
  expect(account).toMatchObject({ id: ids[5] });
  expect(story.map(({ what }) => what)).toEqual([
    'superseded',
    'push received',
    'written',
    'retried',
    'refused',
    'push received',
    'written',
    'matched',
    'push received',
  ]);
  const told = (what: string) => story.find((entry) => entry.what === what);
  expect(told('matched')?.detail).toBe(
    `Account ${ids[5]}: its Shared_Identifier__c is "R-5", as the customer's externalId is.`,
  );
  expect(told('written')?.detail).toContain('upflow__Payer_Rating__c');
  expect(told('refused')?.reason).toMatchObject({ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' });
  expect(told('retried')?.detail).toContain('API token');
  expect(story.map(({ at }) => at)).toEqual(
    story
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );
});

test('pushes and customers are found by id, by name and by outcome', async () => {
  const pushId = await pipeline.push(
    'customer.updated',
    customer(6, { id: 'Cust-6x', name: 'Old Müller & Söhne' }),
  );
  await pipeline.settled(pushId);
  const find = async (query: string) =>
    (await pipeline.api<{ rows: { id: string; outcome: string; customers: number }[] }>('GET', query)).body
      .rows;
  for (const search of [pushId, 'cust-6', 'MÜLLER', 'söhne', 'old m']) {
    const found = await find(`pushes?search=${encodeURIComponent(search)}`);
    expect([search, found]).toEqual([
      search,
      [expect.objectContaining({ id: pushId, outcome: 'written', customers: 1 })],
    ]);
  }
  for (const search of ['Cust-6', 'müller', 'R-6', ids[6] ?? '']) {
    const found = await find(`customers?search=${encodeURIComponent(search)}`);
    expect(found).toEqual([
      { id: 'Cust-6x', name: 'Old Müller & Söhne', identifier: 'R-6', accountId: ids[6], outcome: 'written' },
    ]);
  }
  expect(await find('pushes?search=nowhere')).toEqual([]);
  const unknown = await pipeline.push('customer.invented', { id: 'x' });
  await pipeline.settled(unknown);
  expect(await find('pushes?outcome=rejected')).toMatchObject([
    { id: unknown, outcome: 'rejected', reason: { code: 'unknown-type' } },
  ]);
});

test('the activity stream shows a push and its batch within seconds, and resumes where it was left', async () => {
  const stream = await openEventStream(pipeline);
  const first = await pipeline.push('customer.updated', customer(7));
  const seen = await stream.until((event) => event.kind === 'push' && event.data.id === first, 5);
  await stream.until((event) => event.kind === 'batch', 5);
  stream.close();

  const second = await pipeline.push('customer.updated', customer(8));
  await pipeline.settled(second);
  const resumed = await openEventStream(pipeline, seen.id);
  const [missed] = [await resumed.until((event) => event.data.id === second, 5)];
  expect(missed.kind).toBe('push');
  expect(resumed.events.some(({ id }) => id === seen.id)).toBe(false);
  const numbers = resumed.events.map(({ id }) => Number(id));
  expect(new Set(numbers).size).toBe(numbers.length);
  resumed.close();
});

test('runs of all kinds are listed, each once as it was told of last, and the stream tells them too', async () => {
  const stream = await openEventStream(pipeline);
  const started = await pipeline.api<{ id: string }>('POST', 'exports', { kind: 'full' });
  expect(started.status).toBe(202);
  const { id } = started.body;
  await stream.until(
    (event) => event.kind === 'run' && event.data.runId === id && event.data.state === 'done',
    20,
  );
  stream.close();
  const audit = await pipeline.api<{ id: string }>('POST', 'drift-audits', {});
  const rows = await eventually(async () => {
    const { body } = await pipeline.api<{ rows: { id: string; state: string }[] }>('GET', 'runs');
    return body.rows[0]?.id === audit.body.id && body.rows[0].state === 'done' ? body.rows : undefined;
  }, 'the audit to be told of');
  expect(rows).toMatchObject([
    { work: 'drift audit', state: 'done', code: null, counts: { drifted: 0 } },
    {
      id,
      work: 'export',
      state: 'done',
      startedBy: expect.any(String),
      counts: { written: expect.any(Number) },
    },
  ]);
  const first = await pipeline.api<{ rows: object[]; next: string }>('GET', 'runs?limit=1');
  const rest = await pipeline.api<{ rows: object[]; next: string | null }>(
    'GET',
    `runs?limit=1&after=${first.body.next}`,
  );
  expect([...first.body.rows, ...rest.body.rows]).toEqual(rows);
  expect(rest.body.next).toBeNull();
});

test('the activity stream ends when the companion stops, and is for those with a token only', async () => {
  expect((await pipeline.request('activity', { headers: { authorization: 'Bearer wrong' } })).status).toBe(
    401,
  );
  const stream = await openEventStream(pipeline);
  const before = Date.now();
  await pipeline.restart();
  await stream.ended;
  expect(Date.now() - before).toBeLessThan(15_000);
});
