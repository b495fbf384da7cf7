import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Deleted } from './erase-rows.ts';
import type { Tables } from './tables.ts';

export type ErasureState = 'clearing' | 'done';

/** An erasure as people see it. */
export interface Erasure {
  id: string;
  state: ErasureState;
  /** Null once the customer is gone. */
  customerId: string | null;
  requestedBy: string;
  requestedAt: Date;
  endedAt: Date | null;
  /** What it waits for. */
  reason: Reason | null;
  nextAttemptAt: Date | null;
  /** Rows that were deleted, by table. */
  counts: Deleted;
  /** Where a page that ends here goes on. */
  place: string;
}

/** An erasure that has not ended. */
export interface OpenErasure {
  id: string;
  customerId: string;
  identifier: string | null;
  accountIds: string[];
  attempts: number;
  requestedAt: Date;
}

const openColumns = sql`erasure_id as id, customer_id as "customerId", identifier,
  coalesce(account_ids, '{}') as "accountIds", attempts, requested_at as "requestedAt"`;

export async function insertErasure(
  trx: Kysely<Tables>,
  connectionId: string,
  {
    id,
    customerId,
    identifier,
    accountIds,
    by,
  }: Omit<OpenErasure, 'attempts' | 'requestedAt'> & { by: string },
): Promise<void> {
  await sql`
    insert into erasure (connection_id, erasure_id, customer_id, identifier, account_ids, requested_by)
    values (${connectionId}, ${id}, ${customerId}, ${identifier}, ${accountIds}::text[], ${by})`.execute(trx);
}

/** One page of the erasures of a connection, newest first. */
export async function listErasures(
  db: Kysely<Tables>,
  connectionId: string,
  limit: number,
  after?: readonly [requestedAt: string, id: string],
): Promise<Erasure[]> {
  const { rows } = await sql<Erasure>`
    select erasure_id as id, state, customer_id as "customerId", requested_by as "requestedBy",
      requested_at as "requestedAt", ended_at as "endedAt", reason, counts,
      case when ended_at is null then next_attempt_at end as "nextAttemptAt", requested_at::text as place
    from erasure
    where connection_id = ${connectionId}
      ${after === undefined ? sql`` : sql`and (requested_at, erasure_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by requested_at desc, erasure_id desc limit ${limit}`.execute(db);
  return rows;
}

/** The connections that have something to erase now. */
export async function findConnectionsToErase(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ connection_id: string }>`
    select distinct connection_id from erasure where ended_at is null and next_attempt_at <= now()`.execute(
    db,
  );
  return rows.map(({ connection_id }) => connection_id);
}

/** The erasures of a connection that may be worked on now, oldest first. */
export async function findDueErasures(db: Kysely<Tables>, connectionId: string): Promise<OpenErasure[]> {
  const { rows } = await sql<OpenErasure>`
    select ${openColumns} from erasure
    where connection_id = ${connectionId} and ended_at is null and next_attempt_at <= now()
    order by requested_at, erasure_id`.execute(db);
  return rows;
}

/** Takes an erasure for the transaction. @returns undefined when it has ended */
export async function lockErasure(
  trx: Kysely<Tables>,
  connectionId: string,
  id: string,
): Promise<OpenErasure | undefined> {
  const { rows } = await sql<OpenErasure>`
    select ${openColumns} from erasure
    where connection_id = ${connectionId} and erasure_id = ${id} and ended_at is null for update`.execute(
    trx,
  );
  return rows[0];
}

/** Adds to what an erasure deleted. */
export async function addDeleted(
  trx: Kysely<Tables>,
  connectionId: string,
  id: string,
  deleted: Deleted,
): Promise<void> {
  const { rows } = await sql<{ counts: Deleted }>`
    select counts from erasure where connection_id = ${connectionId} and erasure_id = ${id}`.execute(trx);
  const counts = { ...rows[0]?.counts };
  for (const [table, count] of Object.entries(deleted)) {
    if (count > 0) counts[table] = (counts[table] ?? 0) + count;
  }
  await sql`
    update erasure set counts = ${JSON.stringify(counts)}::json
    where connection_id = ${connectionId} and erasure_id = ${id}`.execute(trx);
}

/** Says what an erasure waits for, and when it is looked at again. */
export async function postponeErasure(
  db: Kysely<Tables>,
  connectionId: string,
  id: string,
  { reason, seconds, isRefusal }: { reason: Reason; seconds: number; isRefusal: boolean },
): Promise<void> {
  await sql`
    update erasure set reason = ${JSON.stringify(reason)}::json,
      next_attempt_at = now() + make_interval(secs => ${seconds}),
      attempts = attempts + ${isRefusal ? 1 : 0}::int
    where connection_id = ${connectionId} and erasure_id = ${id} and ended_at is null`.execute(db);
}

/** Ends an erasure; nothing of it names the customer any more. @returns what was deleted */
export async function endErasure(trx: Kysely<Tables>, connectionId: string, id: string): Promise<Deleted> {
  const { rows } = await sql<{ counts: Deleted }>`
    update erasure set state = 'done', customer_id = null, identifier = null, account_ids = null, reason = null,
      ended_at = now()
    where connection_id = ${connectionId} and erasure_id = ${id} returning counts`.execute(trx);
  return rows[0]?.counts ?? {};
}
