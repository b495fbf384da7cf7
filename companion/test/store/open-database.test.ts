import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/store/open-database.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.remove());

test('rows are there again after the database was closed and opened', async () => {
  const first = await openDatabase(database.location);
  await sql`insert into connection (connection_id) values ('acme')`.execute(first.db);
  await first.close();

  const second = await openDatabase(database.location);
  const rows = await second.db.selectFrom('connection').select('connection_id').execute();
  await second.close();
  expect(rows).toEqual([{ connection_id: 'acme' }]);
});

test('opening a database that is already up to date changes nothing', async () => {
  const readMigrations = async () => {
    const opened = await openDatabase(database.location);
    const { rows } = await sql<{ name: string; timestamp: string }>`
      select name, timestamp from kysely_migration`.execute(opened.db);
    await opened.close();
    return rows;
  };
  const before = await readMigrations();
  expect(before).not.toHaveLength(0);
  expect(await readMigrations()).toEqual(before);
});

test('a transaction that fails leaves nothing behind, and the database usable', async () => {
  const opened = await openDatabase(database.location);
  const { db } = opened;
  const failing = db.transaction().execute(async (trx) => {
    await sql`insert into connection (connection_id) values ('acme')`.execute(trx);
    await sql`select 1 / 0`.execute(trx);
  });
  await expect(failing).rejects.toThrow('division by zero');
  expect(await db.selectFrom('connection').selectAll().execute()).toEqual([]);
  await opened.close();
});
