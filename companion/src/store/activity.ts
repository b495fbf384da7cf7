import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export type ActivityKind = 'push' | 'batch' | 'run' | 'state';

export interface Activity {
  id: number;
  connectionId: string;
  at: Date;
  kind: ActivityKind;
  data: Record<string, unknown>;
}

/** Milliseconds within which an entry may become visible after one with a higher id. */
const OVERTAKING_IN_MS = 10_000;

/** Tells those who watch a connection what happens: ids, codes and counts. Any part may tell something. */
export async function recordActivity(
  db: Kysely<Tables>,
  connectionId: string,
  kind: ActivityKind,
  data: readonly Record<string, unknown>[],
): Promise<void> {
  if (data.length === 0) return;
  await sql`
    insert into activity (connection_id, kind, data)
    select ${connectionId}, ${kind}, d::json
    from unnest(${data.map((entry) => JSON.stringify(entry))}::text[]) as d`.execute(db);
}

/** Adds to the Accounts that were written in this minute. */
export async function countWritten(db: Kysely<Tables>, connectionId: string, written: number): Promise<void> {
  if (written === 0) return;
  await sql`
    insert into throughput as t (connection_id, minute, written)
    values (${connectionId}, date_trunc('minute', now()), ${written})
    on conflict (connection_id, minute) do update set written = t.written + excluded.written`.execute(db);
}

const columns = sql`activity_id::float8 as id, connection_id as "connectionId", at, kind, data`;

/** What a connection's watcher missed since an entry, oldest first. */
export async function readActivityAfter(
  db: Kysely<Tables>,
  connectionId: string,
  id: number,
  limit: number,
): Promise<Activity[]> {
  const { rows } = await sql<Activity>`
    select * from (
      select ${columns} from activity
      where connection_id = ${connectionId} and activity_id > ${id}
      order by activity_id desc limit ${limit}) as newest
    order by id`.execute(db);
  return rows;
}

/**
 * The latest entries of all connections, oldest first, with some from before the given id: an entry of a
 * transaction that took longer appears after those that overtook it.
 */
export async function readRecentActivity(db: Kysely<Tables>, id: number, limit: number): Promise<Activity[]> {
  const { rows } = await sql<Activity>`
    select * from (
      select ${columns} from activity
      where activity_id > ${id}
        or activity_id > ${id} - 1000 and at > now() - make_interval(secs => ${OVERTAKING_IN_MS / 1000})
      order by activity_id desc limit ${limit}) as newest
    order by id`.execute(db);
  return rows;
}

/** The id of the latest entry; 0 when there is none. */
export async function readLatestActivityId(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select coalesce(max(activity_id), 0)::float8 as id from activity`.execute(db);
  return rows[0]?.id ?? 0;
}

/** The last entries of one kind, newest first. */
export async function readLastActivity(
  db: Kysely<Tables>,
  connectionId: string,
  kind: ActivityKind,
  limit: number,
): Promise<Activity[]> {
  const { rows } = await sql<Activity>`
    select ${columns} from activity where connection_id = ${connectionId} and kind = ${kind}
    order by activity_id desc limit ${limit}`.execute(db);
  return rows;
}

/** Rows that one statement of the housekeeping deletes. */
const SLICE = 20_000;

/** Forgets stories after the given days, and what nobody looks at that late much sooner. */
export async function deleteOldActivity(db: Kysely<Tables>, days: number): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      delete from customer_event where event_id in (
        select event_id from customer_event where at < now() - make_interval(days => ${days}) limit ${SLICE})
      returning event_id`.execute(db);
    if (rows.length < SLICE) break;
  }
  await sql`delete from activity where at < now() - interval '7 days'`.execute(db);
  await sql`delete from throughput where minute < now() - interval '2 days'`.execute(db);
  await sql`
    delete from customer_failure f where not open and since < now() - make_interval(days => ${days})
      and not exists (select from customer c where c.connection_id = f.connection_id
        and c.customer_id = f.customer_id and c.dirty_at is not null)`.execute(db);
}
