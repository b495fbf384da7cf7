import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually, startPipeline, type Pipeline, type PipelineOptions } from '../support/start-pipeline.ts';

interface Run {
  id: string;
  kind: string;
  state: string;
  total: number;
  done: number;
  counts: Record<string, number>;
  estimateMinutes: number | null;
  code?: string;
}

let pipeline: Pipeline;
const open = async (options: PipelineOptions = {}) => {
  pipeline = await startPipeline(options);
};
afterEach(() => pipeline.stop());

const CUSTOMERS = 1200;
const MOMENT = '2026-11-22T10:00:00Z';
const numbers = Array.from({ length: CUSTOMERS }, (_, index) => index + 1);
const customer = (number: number, data: object = {}) => ({
  id: `c${String(number).padStart(5, '0')}`,
  externalId: `R-${number}`,
  currency: 'USD',
  amountDue: number * 100,
  updatedAt: MOMENT,
  ...data,
});

async function seedAll(): Promise<string[]> {
  return pipeline.seedAccounts(
    numbers.map((number) => ({ Name: `R ${number}`, Shared_Identifier__c: `R-${number}` })),
  );
}

async function pushAll(): Promise<void> {
  for (let start = 0; start < CUSTOMERS; start += 400) {
    const customers = numbers.slice(start, start + 400).map((number) => customer(number));
    await pipeline.push('customers.updated', { customers });
  }
}

const start = (body: object = { kind: 'full' }) => pipeline.ask<Run>('POST', 'acme/exports', body);
const read = (id: string) => pipeline.ask<Run>('GET', `acme/exports/${id}`);
const change = (id: string, verb: string) =>
  pipeline.ask<Run & { status?: number }>('POST', `acme/exports/${id}/${verb}`);
const inState = (id: string, state: string) =>
  eventually(
    async () => {
      const run = await read(id);
      return run.state === state ? run : undefined;
    },
    `the run to be ${state}`,
    60,
  );
const rowsWritten = async () => (await pipeline.control<{ rowsWritten: number }>('GET', 'stats')).rowsWritten;

describe('before the first full export', () => {
  beforeEach(() => open({ notExporting: ['acme'] }));

  test('pushes are kept and written by nobody; then the run writes all of them, and new ones go out at once', async () => {
    await seedAll();
    await pushAll();
    const waiting = await pipeline.push(
      'customer.updated',
      customer(1, { amountDue: 4200, updatedAt: '2026-11-22T11:00:00Z' }),
    );
    await eventually(
      async () => ((await pipeline.readPush(waiting)).customers.length > 0 ? true : undefined),
      'the fold',
    );
    expect(await rowsWritten()).toBe(0);
    expect((await pipeline.readPush(waiting)).outcome).toBe('pending');

    const run = await start();
    expect(run).toMatchObject({ kind: 'full', state: 'running', total: CUSTOMERS });
    expect(await inState(run.id, 'done')).toMatchObject({
      total: CUSTOMERS,
      done: CUSTOMERS,
      counts: { written: CUSTOMERS },
      estimateMinutes: null,
    });
    expect((await pipeline.settled(waiting)).outcome).toBe('written');
    const later = await pipeline.push(
      'customer.updated',
      customer(2, { amountDue: 1, updatedAt: '2026-11-22T12:00:00Z' }),
    );
    expect((await pipeline.settled(later)).outcome).toBe('written');
  }, 90_000);

  test('a single customer cannot be exported again yet, and the answer says what to do', async () => {
    expect(await start({ kind: 'selection', customerIds: ['c1'] })).toMatchObject({
      status: 409,
      reason: { code: 'not-exporting', action: expect.stringContaining('full export') },
    });
  });
});

describe('a full export', () => {
  beforeEach(() => open({ notExporting: ['acme'] }));

  test('writes nothing while it is paused, lets news through, and goes on where it was', async () => {
    const ids = await seedAll();
    await pushAll();
    await pipeline.control('PUT', 'settings', { perRowMs: 2 });
    const run = await start();
    await eventually(async () => ((await rowsWritten()) >= 200 ? true : undefined), 'the first rows');
    expect((await change(run.id, 'pause')).state).toBe('paused');
    const stopped = await eventually(async () => {
      const before = await rowsWritten();
      await new Promise((resolve) => setTimeout(resolve, 1200));
      return (await rowsWritten()) === before ? before : undefined;
    }, 'the batch under way to end');
    expect(stopped).toBeLessThan(CUSTOMERS);

    const news = await pipeline.push(
      'customer.updated',
      customer(CUSTOMERS, { amountDue: 777, updatedAt: '2026-11-22T11:00:00Z' }),
    );
    expect((await pipeline.settled(news)).outcome).toBe('written');
    expect(await pipeline.readAccount(ids.at(-1) ?? '')).toMatchObject({ upflow__Due_Amount__c: 7.77 });
    expect((await read(run.id)).state).toBe('paused');
    expect((await change(run.id, 'pause')).status).toBe(409);

    await change(run.id, 'resume');
    expect(await inState(run.id, 'done')).toMatchObject({ done: CUSTOMERS });
    expect(await pipeline.readAccount(ids[500] ?? '')).toMatchObject({ upflow__Due_Amount__c: 501 });
  }, 90_000);

  test('goes on after a restart of the companion, and counts each customer once', async () => {
    await seedAll();
    await pushAll();
    await pipeline.control('PUT', 'settings', { perRowMs: 2 });
    const run = await start();
    await eventually(async () => ((await rowsWritten()) >= 200 ? true : undefined), 'the first rows');
    await pipeline.restart();
    const { done, counts } = await inState(run.id, 'done');
    expect(done).toBe(CUSTOMERS);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(CUSTOMERS);
  }, 90_000);

  test('is one at a time; when it is cancelled the rest stays as it was', async () => {
    await seedAll();
    await pushAll();
    await pipeline.control('PUT', 'settings', { perRowMs: 2 });
    const run = await start();
    expect(await start()).toMatchObject({ status: 409, reason: { code: 'run-under-way' } });
    await eventually(async () => ((await rowsWritten()) >= 200 ? true : undefined), 'the first rows');
    expect((await change(run.id, 'cancel')).state).toBe('cancelled');
    const third = await start();
    expect(await inState(third.id, 'done')).toMatchObject({ counts: { written: CUSTOMERS } });
    expect((await change(run.id, 'resume')).status).toBe(409);
  }, 90_000);
});

describe('export again', () => {
  beforeEach(() => open());

  test('writes all fields of the chosen customers anew, although the companion wrote them before', async () => {
    const [first = '', second = ''] = await pipeline.seedAccounts([
      { Name: 'A', Shared_Identifier__c: 'R-1' },
      { Name: 'B', Shared_Identifier__c: 'R-2' },
    ]);
    await pipeline.settled(
      await pipeline.push('customers.updated', { customers: [customer(1), customer(2)] }),
    );
    const { accessToken } = pipeline.salesforce.org.openSession('integration');
    for (const id of [first, second]) {
      await fetch(`${pipeline.salesforce.url}/services/data/v66.0/sobjects/Account/${id}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ upflow__Due_Amount__c: 999 }),
      });
    }
    const run = await start({ kind: 'selection', customerIds: ['c00001', 'nobody'] });
    expect(await inState(run.id, 'done')).toMatchObject({
      kind: 'selection',
      total: 1,
      counts: { written: 1 },
    });
    expect(await pipeline.readAccount(first)).toMatchObject({ upflow__Due_Amount__c: 1 });
    expect(await pipeline.readAccount(second)).toMatchObject({ upflow__Due_Amount__c: 999 });

    const all = await start();
    expect(await inState(all.id, 'done')).toMatchObject({ counts: { written: 2 } });
    expect(await pipeline.readAccount(second)).toMatchObject({ upflow__Due_Amount__c: 2 });
  });
});
