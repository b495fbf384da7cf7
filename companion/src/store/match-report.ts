import { sql, type Kysely } from 'kysely';
import { MATCH_KINDS, type MatchKind } from '../match/compare-group.ts';
import type { Counts, ReportRow } from '../match/comparison.ts';
import { paceSlices } from './pace-slices.ts';
import type { Tables } from './tables.ts';

/** A row as it is kept: its place in the report stays its own when its kind changes. */
export interface KeptRow extends ReportRow {
  ordinal: number;
}

export interface KeptTerm {
  kind: MatchKind;
  term: string;
  ordinal: number;
}

export interface ReportHead {
  run: number;
  counts: Counts;
  madeAt: Date;
  nextOrdinal: number;
}

/** What is shown of a connection's report; undefined before the first. */
export async function readReportHead(
  db: Kysely<Tables>,
  connectionId: string,
  { hold = false } = {},
): Promise<ReportHead | undefined> {
  const { rows } = await sql<ReportHead>`
    select run, counts, made_at as "madeAt", next_ordinal as "nextOrdinal" from matching
    where connection_id = ${connectionId} and run > 0 ${hold ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}

/** Begins a new report beside the one that is shown. @returns its number */
export async function beginReport(db: Kysely<Tables>, connectionId: string): Promise<number> {
  const { rows } = await sql<{ run: number }>`
    insert into matching as m (connection_id, last_run) values (${connectionId}, 1)
    on conflict (connection_id) do update set last_run = m.last_run + 1
    returning last_run as run`.execute(db);
  return rows[0]?.run ?? 1;
}

/** Shows a report that is complete, in place of the one before. */
export async function showReport(
  db: Kysely<Tables>,
  connectionId: string,
  { run, counts, nextOrdinal }: Omit<ReportHead, 'madeAt'>,
): Promise<void> {
  await sql`
    update matching set run = ${run}, counts = ${JSON.stringify(counts)}::json, next_ordinal = ${nextOrdinal},
      made_at = now()
    where connection_id = ${connectionId}`.execute(db);
}

/** Keeps what a change of single rows made of the counts. */
export async function saveReportCounts(
  db: Kysely<Tables>,
  connectionId: string,
  { counts, nextOrdinal }: Pick<ReportHead, 'counts' | 'nextOrdinal'>,
): Promise<void> {
  await sql`
    update matching set counts = ${JSON.stringify(counts)}::json, next_ordinal = ${nextOrdinal}
    where connection_id = ${connectionId}`.execute(db);
}

/** Adds rows to a report. */
export async function addRows(
  db: Kysely<Tables>,
  connectionId: string,
  run: number,
  rows: readonly KeptRow[],
): Promise<void> {
  await sql`
    insert into match_row (connection_id, run, kind, ordinal, customer_id, customer_name, customer_value, accounts,
      customers_with_value, accounts_with_value)
    select ${connectionId}, ${run}::int, kind, ordinal, customer_id, customer_name, customer_value, accounts::json,
      customers_with_value, accounts_with_value
    from unnest(
      ${rows.map(({ kind }) => MATCH_KINDS.indexOf(kind))}::int[],
      ${rows.map(({ ordinal }) => ordinal)}::int[],
      ${rows.map(({ customer }) => customer?.[0] ?? null)}::text[],
      ${rows.map(({ customer }) => customer?.[1] ?? null)}::text[],
      ${rows.map(({ customer }) => customer?.[2] ?? null)}::text[],
      ${rows.map(({ accounts }) => JSON.stringify(accounts))}::text[],
      ${rows.map(({ note }) => note.customers)}::int[],
      ${rows.map(({ note }) => note.accounts)}::int[]
    ) as d(kind, ordinal, customer_id, customer_name, customer_value, accounts, customers_with_value,
      accounts_with_value)`.execute(db);
}

/** Adds terms to a report; cheapest in their order. */
export async function addTerms(
  db: Kysely<Tables>,
  connectionId: string,
  run: number,
  terms: readonly KeptTerm[],
): Promise<void> {
  await sql`
    insert into match_term (connection_id, run, kind, term, ordinal)
    select ${connectionId}, ${run}::int, * from unnest(
      ${terms.map(({ kind }) => MATCH_KINDS.indexOf(kind))}::int[],
      ${terms.map(({ term }) => term)}::text[],
      ${terms.map(({ ordinal }) => ordinal)}::int[])
    on conflict do nothing`.execute(db);
}

/** Takes rows and their terms out of a report. */
export async function removeRows(
  db: Kysely<Tables>,
  connectionId: string,
  run: number,
  rows: readonly KeptRow[],
  terms: readonly KeptTerm[],
): Promise<void> {
  await sql`
    delete from match_term t using unnest(
      ${terms.map(({ kind }) => MATCH_KINDS.indexOf(kind))}::int[],
      ${terms.map(({ term }) => term)}::text[],
      ${terms.map(({ ordinal }) => ordinal)}::int[]) as d(kind, term, ordinal)
    where t.connection_id = ${connectionId} and t.run = ${run} and t.kind = d.kind and t.term = d.term
      and t.ordinal = d.ordinal`.execute(db);
  await sql`
    delete from match_row r using unnest(
      ${rows.map(({ kind }) => MATCH_KINDS.indexOf(kind))}::int[],
      ${rows.map(({ ordinal }) => ordinal)}::int[]) as d(kind, ordinal)
    where r.connection_id = ${connectionId} and r.run = ${run} and r.kind = d.kind
      and r.ordinal = d.ordinal`.execute(db);
}

/** Deletes all reports but the one that is shown and those begun after it, in slices. */
export async function deleteOldReports(db: Kysely<Tables>, connectionId: string, run: number): Promise<void> {
  for (const table of ['match_row', 'match_term'] as const) {
    const pace = paceSlices({ most: 5000 });
    for (;;) {
      const limit = pace.rows;
      const { numAffectedRows } = await pace.measure(() =>
        sql`
          delete from ${sql.table(table)} where ctid = any(array(
            select ctid from ${sql.table(table)}
            where connection_id = ${connectionId} and run < ${run} limit ${limit}))`.execute(db),
      );
      if (Number(numAffectedRows ?? 0) < limit) break;
    }
  }
}
