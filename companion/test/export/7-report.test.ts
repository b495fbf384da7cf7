import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { recordBatch } from '../../src/export/7-report.ts';
import { saveLookups, saveWritten } from '../../src/store/accounts.ts';
import { claimCustomers, freeAllLeases } from '../../src/store/claims.ts';
import { saveNewerStates } from '../../src/store/customers.ts';
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

const readWritten = async () =>
  (await database.db.selectFrom('account').select('written').executeTakeFirst())?.written;

async function claim(lease: { id: string; seconds: number }) {
  const { db } = database;
  const stamps = { updatedAt: new Date(0), pushSentAt: new Date(0), pushId: 'p' };
  await saveNewerStates(db, 'acme', [{ ...stamps, customerId: 'c', customer: null, identifier: 'x' }]);
  await saveLookups(db, 'acme', ['x'], [{ id: 'a', identifier: 'x', currency: null }]);
  return claimCustomers(db, 'acme', lease, 1);
}

function batchOf(claimed: Awaited<ReturnType<typeof claim>>) {
  const end = { kind: 'again', at: null, countAttempt: false, reason: null } as const;
  return {
    ends: new Map(claimed.map((customer) => [customer, end])),
    written: new Map([['a', { Due_Amount__c: 1 }]]),
    links: new Map<string, string | null>(),
    gone: [],
    refused: [],
  };
}

test('a process that still has its lease records what it wrote', async () => {
  const lease = { id: randomUUID(), seconds: 60 };
  await recordBatch(database.db, 'acme', lease, batchOf(await claim(lease)), new Map());
  expect(await readWritten()).toEqual({ Due_Amount__c: 1 });
});

test('a process that comes late overwrites nothing that the next holder of the lease recorded', async () => {
  const lease = { id: randomUUID(), seconds: 60 };
  const claimed = await claim(lease);
  await freeAllLeases(database.db);
  await claimCustomers(database.db, 'acme', { id: randomUUID(), seconds: 60 }, 1);
  await saveWritten(database.db, 'acme', [{ accountId: 'a', written: { Due_Amount__c: 2 } }]);
  await recordBatch(database.db, 'acme', lease, batchOf(claimed), new Map());
  expect(await readWritten()).toEqual({ Due_Amount__c: 2 });
});
