import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findMoreAt, forecastDay, openCallBudget, reserveOf } from '../../src/connect/call-budget.ts';
import { choosePriority } from '../../src/export/allow-batch.ts';
import { forPerson } from '../../src/salesforce/call-purpose.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { createTestDatabase } from '../support/create-test-database.ts';
import { eventually, startPipeline, type Pipeline, type PipelineOptions } from '../support/start-pipeline.ts';

interface Budget {
  cap: number | null;
  usedByUs24h: number;
  usedByOrg24h: number | null;
  orgMax: number | null;
  priority: string;
}

let close: () => Promise<void> = () => Promise.resolve();
afterEach(async () => {
  await close();
  close = () => Promise.resolve();
});

async function open(cap: number | undefined, options: PipelineOptions = {}): Promise<Pipeline> {
  const pipeline = await startPipeline({ notExporting: ['acme'], ...options });
  close = () => pipeline.stop();
  if (cap !== undefined) await pipeline.setCap('acme', cap);
  return pipeline;
}

const apiCalls = async (pipeline: Pipeline) =>
  (await pipeline.control<{ apiCalls: number }>('GET', 'stats')).apiCalls;
const readBudget = (pipeline: Pipeline) => pipeline.ask<Budget>('GET', 'acme/budget');

async function pushCustomers(pipeline: Pipeline, overdue: number[], moment = '2026-11-22T10:00:00Z') {
  const customers = overdue.map((amountOverdue, number) => ({
    id: `c${String(number).padStart(5, '0')}`,
    externalId: `B-${number}`,
    currency: 'USD',
    amountOverdue,
    updatedAt: moment,
  }));
  for (let start = 0; start < customers.length; start += 500)
    await pipeline.push('customers.updated', { customers: customers.slice(start, start + 500) });
}

const seed = (pipeline: Pipeline, count: number) =>
  pipeline.seedAccounts(
    Array.from({ length: count }, (_, number) => ({
      Name: `B ${number}`,
      Shared_Identifier__c: `B-${number}`,
    })),
  );

const held = (pipeline: Pipeline, pushId: string) =>
  eventually(async () => {
    const { waiting } = await pipeline.readPush(pushId);
    return waiting?.reason.code === 'budget-spent' ? waiting : undefined;
  }, 'the budget to be spent');

describe('the cap that an admin sets', () => {
  test('is never passed by the simulator’s own count, and the hold says when it goes on; a person can still look', async () => {
    const cap = 20;
    const pipeline = await open(cap, { config: { salesforceTimeoutInMs: 5000 } });
    await seed(pipeline, 1);
    const before = await apiCalls(pipeline);
    await pipeline.ask('POST', 'acme/exports', { kind: 'full' });
    // One write each: the export may use all but the two calls that are kept for people.
    let last = '';
    for (let round = 1; round <= cap + 5; round++) {
      const updatedAt = new Date(Date.parse('2026-11-22T10:00:00Z') + round * 1000).toISOString();
      last = await pipeline.push('customer.updated', {
        id: 'c',
        externalId: 'B-0',
        currency: 'USD',
        amountOverdue: round,
        updatedAt,
      });
      const outcome = await eventually(async () => {
        const { outcome: found, waiting } = await pipeline.readPush(last);
        return found === 'pending' && waiting === undefined ? undefined : found;
      }, 'the push to end or wait');
      if (outcome === 'pending') break;
    }
    const { until, reason } = (await held(pipeline, last)) as unknown as {
      until: string;
      reason: { message: string };
    };
    expect(Date.parse(until) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(reason.message).toContain('It goes on at');
    expect((await apiCalls(pipeline)) - before).toBe(cap - reserveOf(cap));

    expect(await pipeline.ask('GET', 'acme/mapping/preview?customerId=c')).toMatchObject({
      customer: { id: 'c' },
    });
    expect((await apiCalls(pipeline)) - before).toBe(cap);
    expect(await pipeline.ask('GET', 'acme/mapping')).toMatchObject({
      status: 502,
      reason: { code: 'budget-spent' },
    });
    expect((await apiCalls(pipeline)) - before).toBe(cap);
    expect(await readBudget(pipeline)).toMatchObject({ cap, usedByUs24h: cap, priority: 'largest overdue' });

    await pipeline.setCap('acme', 100);
    expect((await pipeline.settled(last)).outcome).toBe('written');
  }, 60_000);

  test('has the largest overdue changes written first when not all can be', async () => {
    const pipeline = await open(undefined);
    await seed(pipeline, 500);
    await pushCustomers(
      pipeline,
      Array.from({ length: 500 }, (_, number) => ((number * 7919) % 900) * 100),
    );
    await pipeline.ask('POST', 'acme/exports', { kind: 'full' });
    const { records } = await eventually(async () => {
      const found = await pipeline.control<{ records: Record<string, unknown>[] }>('GET', 'accounts');
      const shown = found.records.filter((row) => row.upflow__Overdue_Amount__c != null);
      return shown.length === 500 ? { records: shown } : undefined;
    }, 'all figures');
    expect(records).toHaveLength(500);

    const { usedByUs24h } = await readBudget(pipeline);
    // The changed connection is described anew; two more calls write 400 Accounts.
    const wanted = usedByUs24h + 3;
    const caps = Array.from({ length: 20 }, (_, more) => wanted + more);
    await pipeline.setCap('acme', caps.find((cap) => cap - reserveOf(cap) === wanted) ?? 0);
    // One push brings them all, so that all are known before the first is written.
    const change = (number: number) => ((number * 7919) % 900) * 100 + number * 1000;
    await pushCustomers(
      pipeline,
      Array.from({ length: 500 }, (_, number) => change(number)),
      '2026-11-22T11:00:00Z',
    );
    const news = await eventually(async () => {
      const found = await pipeline.control<{ records: Record<string, unknown>[] }>('GET', 'accounts');
      const changed = found.records.flatMap((row) => {
        const number = Number(/^B-(\d+)$/.exec(String(row.upflow__Shared_Identifier__c))?.[1]);
        return Number.isInteger(number) &&
          number > 0 &&
          row.upflow__Overdue_Amount__c === change(number) / 100
          ? [number]
          : [];
      });
      return changed.length >= 400 ? changed : undefined;
    }, 'the largest changes');
    expect(news.toSorted((a, b) => b - a)).toEqual(Array.from({ length: 400 }, (_, index) => 499 - index));
    expect(await readBudget(pipeline)).toMatchObject({ priority: 'largest overdue' });
  }, 60_000);

  test('is a share of what the org has while no admin sets one, and the org’s own count is shown', async () => {
    const pipeline = await open(undefined, { config: { apiCallSharePercent: 7 } });
    await pipeline.control('PUT', 'settings', { dailyApiRequests: 5000 });
    expect(await readBudget(pipeline)).toMatchObject({
      cap: 350,
      orgMax: 5000,
      usedByOrg24h: expect.any(Number),
    });
  });
});

test('two processes that call at once never pass the cap together', async () => {
  const testDatabase = await createTestDatabase();
  const database = await openDatabase(testDatabase.location);
  close = async () => {
    await database.close();
    await testDatabase.remove();
  };
  const connection = { id: 'acme', apiCallCap: 40 };
  const processes = [1, 2, 3].map(() => openCallBudget(database.db, 20));
  const tries = Array.from({ length: 90 }, (_, index) => processes[index % 3]);
  const take = (as: 'person' | 'background') =>
    Promise.allSettled(
      tries.map((budget) => (as === 'person' ? forPerson(() => take1(budget)) : take1(budget))),
    );
  const take1 = async (budget = processes[0]) => budget?.take(connection);
  const count = (results: PromiseSettledResult<unknown>[]) =>
    results.filter(({ status }) => status === 'fulfilled').length;
  expect(count(await take('background'))).toBe(36);
  expect(count(await take('person'))).toBe(4);
});

const hourOf = (hoursAgo: number, now: Date) =>
  new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000 - hoursAgo * 3_600_000);

test('the forecast of a day goes on like the last hours', () => {
  const now = new Date('2026-11-22T12:30:00Z');
  const hours = [3, 2, 1, 0].map((ago) => ({ hour: hourOf(ago, now), calls: ago === 0 ? 50 : 100 }));
  expect(forecastDay(hours, now)).toBe(350 + 100 * 11.5);
  expect(forecastDay([], now)).toBe(0);
});

test('more calls may be made at the moment when enough hours have fallen out, and not before', () => {
  const now = new Date('2026-11-22T12:30:00Z');
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 25 }), fc.nat(100), (calls, limit) => {
      const hours = calls.map((count, index) => ({
        hour: hourOf(calls.length - 1 - index, now),
        calls: count,
      }));
      const used = calls.reduce((sum, count) => sum + count, 0);
      const moment = findMoreAt(hours, used, limit);
      const usedAt = (at: number) =>
        hours
          .filter(({ hour }) => hour.getTime() + 25 * 3_600_000 > at)
          .reduce((sum, { calls: count }) => sum + count, 0);
      if (moment === null) expect(limit > used || limit === 0).toBe(true);
      else {
        expect(usedAt(moment.getTime())).toBeLessThan(limit);
        expect(usedAt(moment.getTime() - 1)).toBeGreaterThanOrEqual(limit);
      }
    }),
  );
});

test.each([
  [{ cap: 1000, left: 900 }, 100_000, 'oldest'],
  [{ cap: 1000, left: 400 }, 100_000, 'largest overdue'],
  [{ cap: 1000, left: 90 }, 1, 'largest overdue'],
  [{ cap: null, left: 0 }, 100_000, 'oldest'],
] as const)('with %j and %d waiting customers the order is: %s', (budget, due, priority) => {
  expect(choosePriority(budget, due)).toBe(priority);
});
