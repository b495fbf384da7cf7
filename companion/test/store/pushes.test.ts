import { expect, test } from '@jest/globals';
import { openDatabase } from '../../src/store/open-database.ts';
import { saveNewerStates } from '../../src/store/customers.ts';
import { endEffects, openEffects } from '../../src/store/effects.ts';
import { deleteOldPushes } from '../../src/store/pushes.ts';
import { createTestDatabase } from '../support/create-test-database.ts';

test('old pushes are deleted, but not one that a customer still waits with', async () => {
  const testDatabase = await createTestDatabase();
  const database = await openDatabase(testDatabase.location);
  const { db } = database;
  const old = new Date('2026-01-01T00:00:00Z');
  for (const [pushId, outcome] of [
    ['done', 'written'],
    ['overtaken', 'unmatched'],
    ['waits', 'unmatched'],
  ] as const) {
    const stamps = { connection_id: 'acme', push_id: pushId, type: 'customer.updated', body: '{}' };
    await db
      .insertInto('push')
      .values({ ...stamps, sent_at: old, received_at: old, folded_at: old })
      .execute();
    await openEffects(db, 'acme', [{ pushId, customerId: 'c' }]);
    await endEffects(db, 'acme', [{ pushId, customerId: 'c', outcome, accountId: null, reason: null }]);
  }
  const state = { customerId: 'c', updatedAt: old, pushSentAt: old, customer: null, identifier: null };
  await saveNewerStates(db, 'acme', [{ ...state, pushId: 'waits' }]);
  await deleteOldPushes(db, 30);
  expect(await db.selectFrom('push').select('push_id').execute()).toEqual([{ push_id: 'waits' }]);
  await database.close();
  await testDatabase.remove();
});
