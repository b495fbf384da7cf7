import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPushStore, StoreOverloaded } from '../../src/export/3-store.ts';
import { openDatabase, type Database } from '../../src/store/open-database.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let testDatabase: TestDatabase;
let database: Database;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.location);
});
afterEach(async () => {
  await database.close();
  await testDatabase.remove();
});

const push = (pushId: string, length: number) => ({
  connectionId: 'acme',
  pushId,
  type: 'customer.updated',
  sentAt: new Date(),
  body: 'x'.repeat(length),
});

test('pushes are turned away while too much of them waits, and taken again afterwards', async () => {
  const store = createPushStore(database.db, { onStored: () => undefined, flights: 1, maxWaitingLength: 10 });
  const first = store.store(push('first', 8));
  await expect(store.store(push('second', 8))).rejects.toBeInstanceOf(StoreOverloaded);
  await first;
  await store.store(push('second', 8));
  await store.store(push('larger than all that may wait', 20));
});
