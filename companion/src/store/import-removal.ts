import { sql, type Kysely } from 'kysely';
import { holdImport, type ImportLease } from './import-lease.ts';
import type { Tables } from './tables.ts';

const ROWS_AT_ONCE = 2000;

/** Forgets the Contacts that were read, once Upflow has none of them any more, and that a removal was asked for. */
export async function finishRemoval(
  db: Kysely<Tables>,
  connectionId: string,
  lease: ImportLease,
  { onlyContacts = false } = {},
): Promise<void> {
  for (let isMore = true; isMore;) {
    isMore = await db.transaction().execute(async (trx) => {
      await holdImport(trx, lease);
      const { numAffectedRows } = await sql`
        delete from import_contact where connection_id = ${connectionId} and contact_id = any(array(
          select contact_id from import_contact where connection_id = ${connectionId} limit ${ROWS_AT_ONCE}))`.execute(
        trx,
      );
      return Number(numAffectedRows ?? 0) === ROWS_AT_ONCE;
    });
  }
  if (onlyContacts) return;
  // Whoever connects again has everything read and compared anew.
  await sql`
    update import_state set removal = false, revision = null where connection_id = ${connectionId}`.execute(
    db,
  );
}

/** Asks for what was imported to be removed from Upflow; assigned users stay. */
export async function askForRemoval(db: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`update import_state set removal = true where connection_id = ${connectionId}`.execute(db);
}

/** Nothing is to be removed any more: the connection is back, and its import compares everything. */
export async function withdrawRemoval(db: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`
    update import_state set removal = false, revision = null
    where connection_id = ${connectionId} and removal`.execute(db);
}

/** Forgets what was read of an org that the connection leaves; what Upflow was sent stays known, to be removed. */
export async function forgetRead(db: Kysely<Tables>, connectionId: string): Promise<void> {
  for (const table of ['import_account', 'import_contact', 'import_user'] as const) {
    await sql`delete from ${sql.table(table)} where connection_id = ${connectionId}`.execute(db);
  }
  await sql`
    update import_state set columns = null, revision = null, epoch = null, full_at = null, account_cursor = null,
      contact_cursor = null, user_cursor = null
    where connection_id = ${connectionId}`.execute(db);
}
