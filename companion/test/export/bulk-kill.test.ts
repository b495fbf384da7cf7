import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { makePush } from '../../simulators/upflow/send-pushes.ts';
import { openKillable, type Killable } from '../support/open-killable.ts';
import { eventually } from '../support/start-pipeline.ts';

const CUSTOMERS = 60;

let acme: Killable;
beforeEach(async () => {
  acme = await openKillable(CUSTOMERS);
});
afterEach(() => acme.close());

const start = (settings: Record<string, string> = {}) => acme.start({ EXPORT_BULK_ABOVE: '5', ...settings });
const control = <Answer>(method: string, path: string, body?: unknown) =>
  acme.control<Answer>(method, path, body);
const ask = async <Answer>(method: string, path: string, body?: unknown) =>
  (await acme.ask<Answer>(method, path, body)).body;

/** As a crash would end it; what it held is free at once, as if the time had passed in which others leave it alone. */
async function kill(): Promise<void> {
  await acme.kill('SIGKILL');
  const { location } = acme.database;
  if (!('url' in location)) return;
  const client = new pg.Client({ connectionString: location.url });
  await client.connect();
  await client.query(`update customer set lease_until = now() where lease_until is not null`);
  await client.query(`update bulk_job set lease_until = now()`);
  await client.query(`delete from jobs.job where name = 'export' and state = 'active'`);
  await client.end();
}

const momentOf = (round: number) =>
  new Date(Date.parse('2026-11-22T00:00:00Z') + round * 60_000).toISOString();
const amountOf = (index: number, round: number) => 100 * index + round;

/** Each third of the customers has news in a round. @returns the push */
async function pushRound(round: number): Promise<string> {
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => index)
    .filter((index) => round === 0 || index % 3 === round % 3)
    .map((index) => ({
      id: `c${index}`,
      externalId: `K-${index}`,
      currency: 'USD',
      amountDue: amountOf(index, round),
      updatedAt: momentOf(round),
    }));
  const push = makePush('customers.updated', { customers });
  expect(await acme.push(push)).toBe(202);
  return push.id;
}

async function settled(pushId: string): Promise<Record<string, number>> {
  return eventually(
    async () => {
      const push = await ask<{ outcome: string; customers: { outcome: string }[] }>(
        'GET',
        `pushes/${pushId}`,
      );
      if (push.outcome === 'pending') return undefined;
      const counts: Record<string, number> = {};
      for (const { outcome } of push.customers) counts[outcome] = (counts[outcome] ?? 0) + 1;
      return counts;
    },
    `push ${pushId} to end`,
    40,
  );
}

async function readAmounts(): Promise<(number | null)[]> {
  const { records } = await control<{ records: Record<string, unknown>[] }>('GET', 'accounts');
  const amounts = new Map(
    records.map((row) => [
      row.upflow__Shared_Identifier__c,
      Math.round(Number(row.upflow__Due_Amount__c) * 100),
    ]),
  );
  return Array.from({ length: CUSTOMERS }, (_, index) => amounts.get(`K-${index}`) ?? null);
}

const fired = async () => {
  const faults = await control<{ fired: number }[]>('GET', 'faults');
  return faults.reduce((sum, fault) => sum + fault.fired, 0);
};

async function endOfRun(runId: string) {
  return eventually(
    async () => {
      const run = await ask<{ state: string; counts: Record<string, number> }>('GET', `exports/${runId}`);
      return run.state === 'done' ? run : undefined;
    },
    'the run to end',
    60,
  );
}

const startRun = async () => (await ask<{ id: string }>('POST', 'exports', { kind: 'full' })).id;
const ALL_ONCE = { total: CUSTOMERS, done: CUSTOMERS, counts: { written: CUSTOMERS } };

/** Where the process is killed: while it waits for this answer. A stalled body comes after the work is done. */
const MOMENTS = [
  { match: { method: 'PUT', path: '/batches' }, fault: 'stall' },
  { match: { method: 'PATCH', path: '/jobs/ingest/' }, fault: 'stallBody' },
  { match: { method: 'GET', path: '/jobs/ingest/750\\w+$' }, fault: 'stall' },
];
const BEFORE_ANSWERS_ARE_KEPT = { match: { path: '/successfulResults' }, fault: 'stallBody' };

async function killAt(moment: object, work: () => Promise<string>): Promise<string> {
  await control('PUT', 'faults', [{ ...moment, times: 1 }]);
  const id = await work();
  await eventually(async () => ((await fired()) > 0 ? true : undefined), 'the call');
  await kill();
  await control('PUT', 'faults', []);
  await start();
  return id;
}

// One after the other, because most of the time goes into starting processes.
test('killed in an export run or at any point of a job, the companion goes on: newer figures win, none is taken for written that is not, each customer counts once', async () => {
  await start({ EXPORT_BULK_ABOVE: '1000' });
  await settled(await pushRound(0));
  const rowsWritten = async () => (await control<{ rowsWritten: number }>('GET', 'stats')).rowsWritten;
  await control('PUT', 'settings', { perRowMs: 10 });
  const byCollections = await startRun();
  await eventually(async () => ((await rowsWritten()) > CUSTOMERS ? true : undefined), 'rows of the run');
  await kill();
  await start();
  expect(await endOfRun(byCollections)).toMatchObject(ALL_ONCE);

  // Slow enough that a job goes on while the next companion starts.
  await control('PUT', 'settings', { perRowMs: 0, bulkStateMs: 600, bulkRowMs: 20 });
  const pushes: string[] = [];
  for (const [index, moment] of MOMENTS.entries()) {
    pushes.push(await killAt(moment, () => pushRound(2 * index + 1)));
    // The same customers again, while the job of the killed process may still write.
    pushes.push(await pushRound(2 * index + 4));
  }
  for (const push of pushes) {
    const ends = Object.keys(await settled(push));
    expect(ends.every((outcome) => ['written', 'superseded'].includes(outcome))).toBe(true);
  }
  const rounds = MOMENTS.flatMap((_moment, at) => [2 * at + 1, 2 * at + 4]);
  const newest = Array.from({ length: CUSTOMERS }, (_, index) => {
    const round = Math.max(0, ...rounds.filter((each) => index % 3 === each % 3));
    return amountOf(index, round);
  });
  expect(await readAmounts()).toEqual(newest);

  const byJob = await killAt(BEFORE_ANSWERS_ARE_KEPT, startRun);
  await control('PUT', 'settings', { bulkStateMs: 5, bulkRowMs: 0 });
  expect(await endOfRun(byJob)).toMatchObject(ALL_ONCE);
  expect(await readAmounts()).toEqual(newest);
}, 240_000);
