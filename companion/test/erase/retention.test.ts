import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { deleteOldBodies, deleteOldPushes } from '../../src/store/pushes.ts';
import { startPipeline, type Pipeline } from '../support/start-pipeline.ts';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ identifier: { upflow: 'externalId', salesforce: 'ERP_Code__c' } });
}, 60_000);
afterAll(() => pipeline.stop());

const age = (pushId: string, days: number) =>
  pipeline
    .services()
    .database.db.updateTable('push')
    .set({ received_at: new Date(Date.now() - days * 86_400_000) })
    .where('push_id', '=', pushId)
    .execute();
const bodyOf = async (pushId: string) =>
  (
    await pipeline
      .services()
      .database.db.selectFrom('push')
      .select('body')
      .where('push_id', '=', pushId)
      .executeTakeFirst()
  )?.body;

test('the body of a push goes when it is old, also while the push waits for a person, and a retry still works', async () => {
  const { db } = pipeline.services().database;
  const customer = { id: 'waits', name: 'Waits', externalId: 'LATE-1', currency: 'USD', amountDue: 500 };
  const waiting = await pipeline.push('customer.updated', customer);
  expect((await pipeline.settled(waiting)).outcome).toBe('unmatched');
  const fresh = await pipeline.push('customer.updated', { ...customer, id: 'fresh', externalId: 'LATE-2' });
  await pipeline.settled(fresh);
  await age(waiting, 31);
  await deleteOldBodies(db, 30);
  await deleteOldPushes(db, 30);
  expect(await bodyOf(waiting)).toBeNull();
  expect(await bodyOf(fresh)).toContain('LATE-2');
  expect((await pipeline.readPush(waiting)).customers[0]).toMatchObject({ outcome: 'unmatched' });

  const [accountId = ''] = await pipeline.seedAccounts([{ Name: 'Late', ERP_Code__c: 'LATE-1' }]);
  await pipeline.retry(waiting);
  await pipeline.settledAs(waiting, 'written');
  expect((await pipeline.readAccount(accountId)).upflow__Due_Amount__c).toBe(5);
});

test('bodies go after as few days as an operator says, while what became of the pushes stays', async () => {
  const { db } = pipeline.services().database;
  const push = await pipeline.push('customer.updated', { id: 'short', externalId: 'NONE', currency: 'USD' });
  await pipeline.settled(push);
  await age(push, 2);
  await deleteOldBodies(db, 3);
  expect(await bodyOf(push)).not.toBeNull();
  await deleteOldBodies(db, 1);
  await deleteOldPushes(db, 30);
  expect(await bodyOf(push)).toBeNull();
  expect((await pipeline.readPush(push)).outcome).toBe('unmatched');
});

test('the days are from 1 to 30', () => {
  expect(readConfig({}).pushRetentionInDays).toBe(30);
  expect(readConfig({ PUSH_RETENTION_DAYS: '1' }).pushRetentionInDays).toBe(1);
  expect(() => readConfig({ PUSH_RETENTION_DAYS: '31' })).toThrow('PUSH_RETENTION_DAYS: must be at most 30');
});
