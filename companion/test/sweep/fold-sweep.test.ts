import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { enterSwept } from '../../src/sweep/enter-swept.ts';
import type { SweptCustomer } from '../../src/upflow/swept-customers.ts';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';

const EIGHT = new Date('2026-11-22T08:00:00Z');
const NINE = new Date('2026-11-22T09:00:00Z');

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({
    identifier: { upflow: 'externalId', salesforce: 'Shared_Identifier__c' },
  });
}, 60_000);
afterAll(() => pipeline.stop());

async function sweep(readAt: Date, swept: SweptCustomer): Promise<void> {
  await enterSwept(pipeline.services().database.db, 'acme', readAt, [swept]);
  pipeline.services().kick('acme');
  await eventually(
    async () => ((await countPushes('folded_at is null')) === 0 ? true : undefined),
    'the fold',
  );
}

async function countPushes(which: string): Promise<number> {
  const { rows } = await pipeline
    .services()
    .database.pool.query<{ count: number }>(`select count(*)::int as count from push where ${which}`);
  return Number(rows[0]?.count);
}

test('of two sweeps the one that read later stays, in whatever order they are taken in', async () => {
  const [accountId = ''] = await pipeline.seedAccounts([{ Name: 'A', Shared_Identifier__c: 'F-1' }]);
  const told = { id: 'f1', externalId: 'F-1', name: 'F', currency: 'USD' };
  await sweep(NINE, { ...told, amountOverdue: 900 });
  await sweep(EIGHT, { ...told, amountOverdue: 800 });
  const [row] = (
    await pipeline.services().database.pool.query<{
      state: { amountOverdue: number };
    }>(`select state from customer where customer_id = 'f1'`)
  ).rows;
  expect(row?.state.amountOverdue).toBe(900);
  await eventually(
    async () => ((await pipeline.readAccount(accountId)).upflow__Overdue_Amount__c === 9 ? true : undefined),
    'the figure on the Account',
  );
});

test('what a sweep said is kept once, as the states of customers', async () => {
  expect(await countPushes('swept')).toBe(2);
  expect(await countPushes('swept and body is not null')).toBe(0);
});
