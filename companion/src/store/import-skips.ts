import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export const SKIP_KINDS = ['customer', 'owner', 'contact', 'field'] as const;

/** Something that was not imported. */
export interface Skip {
  customerId: string;
  kind: (typeof SKIP_KINDS)[number];
  /** The Salesforce record, or the name of a field. */
  recordId: string;
  code: string;
  /** Never a personal value. */
  detail: string | null;
}

export interface SkipRow extends Skip {
  id: number;
  /** Whether it is still so. */
  present: boolean;
  at: Date;
}

/** Keeps what could not be imported of these customers, in place of what was said of them before. */
export async function saveSkips(
  trx: Kysely<Tables>,
  connectionId: string,
  runId: string,
  customerIds: readonly string[],
  skips: readonly Skip[],
): Promise<void> {
  await sql`
    delete from import_skip
    where connection_id = ${connectionId} and customer_id = any(${[...customerIds]}::text[]) and run_id = ${runId}`.execute(
    trx,
  );
  await sql`
    update import_skip set present = false
    where connection_id = ${connectionId} and customer_id = any(${[...customerIds]}::text[]) and present`.execute(
    trx,
  );
  if (skips.length === 0) return;
  await sql`
    insert into import_skip (connection_id, run_id, customer_id, kind, record_id, code, detail)
    select ${connectionId}, ${runId}::uuid, * from unnest(
      ${skips.map(({ customerId }) => customerId)}::text[], ${skips.map(({ kind }) => kind)}::text[],
      ${skips.map(({ recordId }) => recordId)}::text[], ${skips.map(({ code }) => code)}::text[],
      ${skips.map(({ detail }) => detail)}::text[])`.execute(trx);
}

/** How much was skipped, by code: by one run, or all that is skipped today. */
export async function countSkips(
  db: Kysely<Tables>,
  connectionId: string,
  runId: string | null,
): Promise<{ code: string; kind: Skip['kind']; count: number }[]> {
  const { rows } = await sql<{ code: string; kind: Skip['kind']; count: number }>`
    select code, kind, count(*)::int as count from import_skip
    where connection_id = ${connectionId} and ${runId === null ? sql`present` : sql`run_id = ${runId}::uuid`}
    group by code, kind order by count desc, code`.execute(db);
  return rows;
}

/** What was skipped, oldest first, after an entry. */
export async function listSkips(
  db: Kysely<Tables>,
  connectionId: string,
  { runId, code, after, limit }: { runId: string | null; code: string | null; after: number; limit: number },
): Promise<SkipRow[]> {
  const { rows } = await sql<SkipRow>`
    select skip_id::float8 as id, customer_id as "customerId", kind, record_id as "recordId", code, detail, present, at
    from import_skip
    where connection_id = ${connectionId} and ${runId === null ? sql`present` : sql`run_id = ${runId}::uuid`}
      and ${code === null ? sql`true` : sql`code = ${code}`} and skip_id > ${after}
    order by skip_id limit ${limit}`.execute(db);
  return rows;
}
