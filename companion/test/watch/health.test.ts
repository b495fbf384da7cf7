import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { planSchedule } from '../../src/watch/plan-schedule.ts';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline();
  await pipeline.seedAccounts(
    Array.from({ length: 10 }, (_, index) => ({ Name: `A ${index}`, Shared_Identifier__c: `R-${index}` })),
  );
});
afterAll(() => pipeline.stop());

const customer = (index: number, amountDue: number) => ({
  id: `c${index}`,
  externalId: `R-${index}`,
  currency: 'USD',
  amountDue,
  updatedAt: new Date().toISOString(),
});

interface Health {
  state: string;
  hold: { reason: { code: string } } | null;
  lagSeconds: number;
  backlog: number;
  perMinute: { at: string; written: number }[];
  schedule: { name: string; nextAt: string; lastResult: string | null }[];
  lastRuns: { customers: number; counts: Record<string, number> }[];
  database: { kind: string; sizeBytes: number; version: string; problems: object[] };
  process: { version: string };
}
const readHealth = async () => (await pipeline.api<Health>('GET', 'health')).body;

test('health tells what was written, and what waits while Salesforce is away', async () => {
  const customers = Array.from({ length: 10 }, (_, index) => customer(index, 100));
  await pipeline.settled(await pipeline.push('customers.updated', { customers }));
  const well = await readHealth();
  expect(well).toMatchObject({ state: 'connected', hold: null, lagSeconds: 0, backlog: 0 });
  expect(well.perMinute).toHaveLength(60);
  expect(well.perMinute.reduce((sum, { written }) => sum + written, 0)).toBe(10);
  expect(well.lastRuns).toMatchObject([{ customers: 10, counts: { written: 10 } }]);
  expect(well.database.sizeBytes).toBeGreaterThan(1_000_000);
  expect(well.database.kind).toBe(process.env.TEST_DATABASE ?? 'pglite');
  expect(well.process.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(well.schedule.map(({ name }) => name)).toEqual([
    'export',
    'alerts',
    'rematch',
    'sweep',
    'import',
    'housekeeping',
  ]);
  for (const { nextAt } of well.schedule) expect(Date.parse(nextAt)).toBeGreaterThan(Date.now());

  await pipeline.control('PUT', 'faults', [
    { match: { path: '/composite/sobjects' }, fault: 'status', status: 503, body: '<html/>' },
  ]);
  const pushId = await pipeline.push('customers.updated', { customers: [customer(1, 5), customer(2, 5)] });
  const ill = await eventually(async () => {
    const health = await readHealth();
    return health.hold !== null && health.lagSeconds > 1 ? health : undefined;
  }, 'a hold');
  expect(ill.backlog).toBe(2);
  await pipeline.control('PUT', 'faults', []);
  await pipeline.settledAs(pushId, 'written');
  expect(await readHealth()).toMatchObject({ backlog: 0, lagSeconds: 0, hold: null });
});

test('the schedule says when each task comes next', () => {
  const now = new Date('2026-11-22T10:15:30Z');
  const run = { task: 'rematch', startedAt: now, endedAt: now, problem: 'TypeError' };
  const audit = { requestedAt: new Date('2026-11-20T09:00:00Z'), state: 'done' } as const;
  const drift = { schedule: 'weekly', nextAt: new Date('2026-11-27T09:00:00Z') } as const;
  const tasks = planSchedule([run], { lastBatch: undefined, drift, lastAudit: audit }, now);
  expect(tasks.map(({ name, nextAt, lastResult }) => [name, nextAt.toISOString(), lastResult])).toEqual([
    ['export', '2026-11-22T10:16:00.000Z', null],
    ['alerts', '2026-11-22T10:16:00.000Z', null],
    ['rematch', '2026-11-22T10:20:00.000Z', 'TypeError'],
    ['sweep', '2026-11-22T10:25:00.000Z', null],
    ['import', '2026-11-22T10:20:00.000Z', null],
    ['housekeeping', '2026-11-22T10:17:00.000Z', null],
    ['drift audit', '2026-11-27T09:00:00.000Z', 'done'],
  ]);
});
