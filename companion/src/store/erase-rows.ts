import { sql, type Kysely } from 'kysely';
import { kindOf } from '../connect/connection.ts';
import { COUNT_OF } from '../match/comparison.ts';
import { termsOf } from '../match/write-report.ts';
import { readReportHead, removeRows, saveReportCounts } from './match-report.ts';
import { readPairInForce } from './pair-in-force.ts';
import { readRowsByTerms } from './read-report.ts';
import type { Tables } from './tables.ts';

/** Rows that were deleted, by table. */
export type Deleted = Record<string, number>;

/** What names a customer in our rows. */
export interface Named {
  connectionId: string;
  customerId: string;
  identifier: string | null;
  accountIds: readonly string[];
}

/** Tables with a column `customer_id` that are not emptied by it alone. */
const TREATED_APART = ['account', 'customer', 'erasure', 'push_effect'];

/**
 * Deletes what the tables say of a customer, but for its pushes and for what is needed to clear its Account. Whatever
 * table has the columns `connection_id` and `customer_id` is emptied of it, so that a new one is not forgotten.
 */
export async function eraseFromTables(trx: Kysely<Tables>, named: Named): Promise<Deleted> {
  const { connectionId, customerId, accountIds } = named;
  const deleted = await eraseFromReport(trx, named);
  for (const table of await listTablesOfCustomers(trx)) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)}
      where connection_id = ${connectionId} and customer_id = ${customerId}`.execute(trx);
    deleted[table] = (deleted[table] ?? 0) + Number(numAffectedRows ?? 0);
  }
  await sql`
    update export_run set customer_ids = array_remove(customer_ids, ${customerId})
    where connection_id = ${connectionId} and ${customerId} = any(customer_ids)`.execute(trx);
  // A run that stands at this customer stands as well at the one before.
  await sql`
    update export_run set cursor = coalesce((
      select max(customer_id) from customer
      where connection_id = ${connectionId} and customer_id < ${customerId}), '')
    where connection_id = ${connectionId} and cursor = ${customerId}`.execute(trx);
  // What previews and advice found are a few examples of values, whosever they are.
  const { numAffectedRows } = await sql`
    delete from match_job
    where connection_id = ${connectionId} and kind in ('preview', 'advice') and ended_at is not null`.execute(
    trx,
  );
  deleted.match_job = Number(numAffectedRows ?? 0);
  await sql`
    update preflight p set failures = (
      select coalesce(json_agg(case
        when json_typeof(f -> 'accounts') <> 'array' then f
        else (f::jsonb || jsonb_build_object('accounts', (
          select coalesce(jsonb_agg(a), '[]') from jsonb_array_elements(f::jsonb -> 'accounts') a
          where a ->> 'id' <> all(${[...accountIds]}::text[]))))::json end), '[]')
      from json_array_elements(p.failures) f)
    where connection_id = ${connectionId} and state <> 'running' and json_typeof(failures) = 'array'
      and exists (select from unnest(${[...accountIds]}::text[]) as d(id)
        where position(d.id in p.failures::text) > 0)`.execute(trx);
  return deleted;
}

/** Deletes what was kept so that its Account could be cleared. */
export async function eraseLastRows(
  trx: Kysely<Tables>,
  { connectionId, customerId, identifier, accountIds }: Named,
): Promise<Deleted> {
  const accounts = await sql<{ identifier: string | null }>`
    delete from account
    where connection_id = ${connectionId}
      and (customer_id = ${customerId} or account_id = any(${[...accountIds]}::text[]) and customer_id is null)
    returning identifier`.execute(trx);
  // What the import keeps of an Account of the org comes again as long as the org has it.
  const imported = { import_account: 0, import_contact: 0 };
  for (const table of ['import_account', 'import_contact'] as const) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)}
      where connection_id = ${connectionId} and account_id = any(${[...accountIds]}::text[])`.execute(trx);
    imported[table] = Number(numAffectedRows ?? 0);
  }
  const asked = [identifier, ...accounts.rows.map((row) => row.identifier)].filter((value) => value !== null);
  await sql`
    delete from identifier_lookup
    where connection_id = ${connectionId} and identifier = any(${asked}::text[])`.execute(trx);
  const customers = await sql`
    delete from customer where connection_id = ${connectionId} and customer_id = ${customerId}`.execute(trx);
  return { ...imported, account: accounts.rows.length, customer: Number(customers.numAffectedRows ?? 0) };
}

async function listTablesOfCustomers(trx: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = current_schema() and c.column_name in ('connection_id', 'customer_id')
      and t.table_type = 'BASE TABLE'
    group by c.table_name having count(*) = 2 order by c.table_name`.execute(trx);
  return rows.map(({ name }) => name).filter((name) => !TREATED_APART.includes(name));
}

/** Takes the customer out of the report that is shown, with the words by which it is found there. */
async function eraseFromReport(trx: Kysely<Tables>, { connectionId, customerId }: Named): Promise<Deleted> {
  const head = await readReportHead(trx, connectionId, { hold: true });
  const pair = (await readPairInForce(trx, connectionId))?.pair;
  if (head === undefined || pair === undefined) return {};
  const found = await readRowsByTerms(trx, connectionId, head.run, [customerId.toLowerCase()]);
  const rows = found.filter(({ customer }) => customer?.[0] === customerId);
  const terms = rows.flatMap((row) => termsOf(row, kindOf(pair)));
  await removeRows(trx, connectionId, head.run, rows, terms);
  const counts = { ...head.counts };
  for (const { kind } of rows) counts[COUNT_OF[kind]]--;
  if (rows.length > 0) await saveReportCounts(trx, connectionId, { counts, nextOrdinal: head.nextOrdinal });
  return { match_row: rows.length, match_term: terms.length };
}
