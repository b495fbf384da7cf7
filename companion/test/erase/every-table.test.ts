import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Connection } from '../../src/connect/connection.ts';
import { startErasure } from '../../src/erase/start-erasure.ts';
import { workOnErasures } from '../../src/erase/work-on-erasures.ts';
import { isErased } from '../../src/store/erased-customers.ts';
import { listErasures } from '../../src/store/erasures.ts';
import { openDatabase, type Database } from '../../src/store/open-database.ts';
import { collectLog } from '../support/collect-log.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { dumpDatabase } from '../support/dump-database.ts';
import { plantRows } from '../support/plant-rows.ts';
import { SOME_ID } from '../support/walk-routes.ts';

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

/** Everything that work on erasures needs; `mayGoOn` says before each transaction whether the process still lives. */
function partsFor(mayGoOn: () => boolean = () => true) {
  const db = new Proxy(database.db, {
    get(target, name, receiver) {
      if (name === 'transaction' && !mayGoOn()) throw new Error('killed');
      const value: unknown = Reflect.get(target, name, receiver);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const connection = { id: 'acme', mapping: {} } as Connection;
  return {
    database: { ...database, db },
    directory: {
      find: () => Promise.resolve(connection),
      list: () => Promise.resolve([connection]),
      forget: () => undefined,
    },
    kick: () => undefined,
    log: collectLog().log,
  };
}

const work = (mayGoOn?: () => boolean) =>
  workOnErasures(partsFor(mayGoOn), 'acme', new AbortController().signal);

/** A row of one customer in every table that can have one, now and in times to come; no Account carries it. */
async function plant(): Promise<string[]> {
  const { db } = database;
  await sql`insert into connection (connection_id) values ('acme')`.execute(db);
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = current_schema() and column_name = 'customer_id'`.execute(db);
  await plantRows(db, 'acme', 'planted');
  // Planted as somebody else's, and as work that is under way.
  await sql`delete from erasure`.execute(db);
  await sql`delete from erased_customer`.execute(db);
  await sql`delete from erasure_salt`.execute(db);
  await sql`delete from matching`.execute(db);
  await sql`delete from preflight`.execute(db);
  await sql`update account set customer_id = null, identifier = 'another'`.execute(db);
  await sql`update customer set lease_until = null`.execute(db);
  await sql`update match_link set account_id = null`.execute(db);
  await sql`update push set type = 'customer.updated', body = ${JSON.stringify({ data: { id: SOME_ID } })}`.execute(
    db,
  );
  await sql`update connection set identifier = null`.execute(db);
  return rows.map(({ name }) => name);
}

const stillNaming = async (tables: string[]) => {
  const left: string[] = [];
  for (const table of tables) {
    const { rows } = await sql`
      select from ${sql.table(table)} where customer_id = ${SOME_ID} and connection_id = 'acme'`.execute(
      database.db,
    );
    if (rows.length > 0) left.push(table);
  }
  return left;
};

test('no table that knows customers keeps a row of one that was erased', async () => {
  const tables = await plant();
  expect(await stillNaming(tables)).toEqual(
    expect.arrayContaining([
      'customer',
      'customer_event',
      'customer_name',
      'drift_row',
      'match_link',
      'push_effect',
    ]),
  );
  await startErasure(database.db, 'acme', SOME_ID, 'anna');
  await work();
  const [erasure] = await listErasures(database.db, 'acme', 1);
  expect(erasure).toMatchObject({ state: 'done', customerId: null, requestedBy: 'anna' });
  expect(await stillNaming(tables)).toEqual([]);
  expect(await isErased(database.db, 'acme', [SOME_ID, 'another'])).toEqual(new Set([SOME_ID]));
  // Of another connection with the same customer nothing is said.
  expect(await isErased(database.db, 'other', [SOME_ID])).toEqual(new Set());
  const dump = await dumpDatabase(database.db);
  expect(dump.get('erasure')).not.toContain(SOME_ID);
  expect(dump.get('erased_customer')).not.toContain(SOME_ID);
  expect(dump.get('push')).not.toContain('planted');
});

test('an erasure that is killed before any of its steps goes on to the same end', async () => {
  const tables = await plant();
  await startErasure(database.db, 'acme', SOME_ID, 'anna');
  for (let steps = 0; ; steps++) {
    let left = steps;
    const isThrough = await work(() => left-- > 0).then(
      () => true,
      () => false,
    );
    if (isThrough) break;
    expect(steps).toBeLessThan(20);
  }
  const [erasure] = await listErasures(database.db, 'acme', 1);
  expect(erasure?.state).toBe('done');
  expect(erasure?.counts).toMatchObject({ customer: 1, push_effect: 1, customer_name: 1 });
  expect(await stillNaming(tables)).toEqual([]);
});
