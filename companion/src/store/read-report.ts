import { sql, type Kysely, type RawBuilder } from 'kysely';
import { MATCH_KINDS, type MatchKind } from '../match/compare-group.ts';
import type { KeptRow } from './match-report.ts';
import type { Tables } from './tables.ts';

interface StoredRow {
  kind: number;
  ordinal: number;
  customerId: string | null;
  customerName: string | null;
  customerValue: string | null;
  accounts: [string, string, string][];
  customersWithValue: number;
  accountsWithValue: number;
}

/** Rows of a kind in their order, from after a place on. */
export async function readRowsAfter(
  db: Kysely<Tables>,
  connectionId: string,
  run: number,
  { kind, after, limit }: { kind: MatchKind; after: number; limit: number },
): Promise<KeptRow[]> {
  return selectRows(
    db,
    sql`connection_id = ${connectionId} and run = ${run} and kind = ${MATCH_KINDS.indexOf(kind)}
      and ordinal > ${after} order by ordinal limit ${limit}`,
  );
}

/**
 * Terms of a kind that begin with a text, in their order, from after one on. The walk through the index begins at
 * `after`: at first that is the text itself, or every term before it would be passed.
 */
export async function readTermsAfter(
  db: Kysely<Tables>,
  connectionId: string,
  run: number,
  {
    kind,
    beginning,
    after,
    limit,
  }: { kind: MatchKind; beginning: string; after: [term: string, ordinal: number]; limit: number },
): Promise<{ term: string; ordinal: number }[]> {
  const { rows } = await sql<{ term: string; ordinal: number }>`
    select term, ordinal from match_term
    where connection_id = ${connectionId} and run = ${run} and kind = ${MATCH_KINDS.indexOf(kind)}
      and term < ${`${beginning}\u{10ffff}`}
      and (term, ordinal) > (${after[0]}, ${after[1]}::int)
    order by term, ordinal limit ${limit}`.execute(db);
  return rows;
}

/** The rows of a kind at these places. */
export async function readRowsAt(
  db: Kysely<Tables>,
  connectionId: string,
  run: number,
  kind: MatchKind,
  ordinals: readonly number[],
): Promise<Map<number, KeptRow>> {
  const rows = await selectRows(
    db,
    sql`connection_id = ${connectionId} and run = ${run} and kind = ${MATCH_KINDS.indexOf(kind)}
      and ordinal = any(${ordinals}::int[])`,
  );
  return new Map(rows.map((row) => [row.ordinal, row]));
}

/** The rows of all kinds that have one of these terms. */
export async function readRowsByTerms(
  db: Kysely<Tables>,
  connectionId: string,
  run: number,
  terms: readonly string[],
): Promise<KeptRow[]> {
  // Read first, so that the rows are looked up one by one, whatever the database knows of its tables.
  const { rows: places } = await sql<{ kind: number; ordinal: number }>`
    select distinct t.kind, t.ordinal
    from unnest(${MATCH_KINDS.map((_, kind) => kind)}::int[]) as k(kind)
      cross join unnest(${terms}::text[]) as d(term)
      join match_term t on t.connection_id = ${connectionId} and t.run = ${run} and t.kind = k.kind
        and t.term = d.term`.execute(db);
  const byKind = Map.groupBy(places, ({ kind }) => kind);
  const found: KeptRow[] = [];
  for (const [kind, ofKind] of byKind) {
    const ordinals = ofKind.map(({ ordinal }) => ordinal);
    const at = sql`connection_id = ${connectionId} and run = ${run} and kind = ${kind}
      and ordinal = any(${ordinals}::int[])`;
    found.push(...(await selectRows(db, at)));
  }
  return found;
}

async function selectRows(db: Kysely<Tables>, condition: RawBuilder<unknown>): Promise<KeptRow[]> {
  const { rows } = await sql<StoredRow>`
    select kind, ordinal, customer_id as "customerId", customer_name as "customerName",
      customer_value as "customerValue", accounts, customers_with_value as "customersWithValue",
      accounts_with_value as "accountsWithValue"
    from match_row where ${condition}`.execute(db);
  return rows.map((row) => ({
    kind: MATCH_KINDS[row.kind] as MatchKind,
    ordinal: row.ordinal,
    customer:
      row.customerId === null ? undefined : [row.customerId, row.customerName ?? '', row.customerValue],
    accounts: row.accounts,
    note: { customers: row.customersWithValue, accounts: row.accountsWithValue },
  }));
}
