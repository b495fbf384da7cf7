import { sql, type Kysely } from 'kysely';
import { forgetRead } from './import-removal.ts';
import type { Tables } from './tables.ts';

/** What is known of an org's own records, by the name of the table; each has a column `connection_id`. */
const TABLES_OF_ORGANIZATION = [
  'account',
  'bulk_job',
  'identifier_lookup',
  'match_job',
  'match_link',
  'match_row',
  'match_term',
  'matching',
] as const;

/** Unties a connection from its org: nothing that was known of the org's Accounts is true of another's. */
export async function forgetOrganization(db: Kysely<Tables>, connectionId: string): Promise<void> {
  for (const table of TABLES_OF_ORGANIZATION) {
    await sql`delete from ${sql.table(table)} where connection_id = ${connectionId}`.execute(db);
  }
  await forgetRead(db, connectionId);
  await sql`
    update connection set organization_id = null, salesforce_user_id = null, salesforce_username = null,
      connected_at = null, connected_by = null, confirmed_currency = null, organization_currency = null,
      permissions_ok = null, permissions_checked_at = null, exporting = false
    where connection_id = ${connectionId}`.execute(db);
}

/** Deletes a connection with all that is kept for it; what the audit log says of it stays. */
export async function deleteConnection(db: Kysely<Tables>, connectionId: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = current_schema() and c.column_name = 'connection_id' and t.table_type = 'BASE TABLE'
      and c.table_name not in ('audit', 'connection')
    order by c.table_name`.execute(db);
  for (const { name } of rows) {
    await sql`delete from ${sql.table(name)} where connection_id = ${connectionId}`.execute(db);
  }
  await sql`delete from connection where connection_id = ${connectionId}`.execute(db);
}
