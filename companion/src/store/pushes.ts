import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A push that was verified and checked, ready to be kept. */
export interface AcceptedPush {
  connectionId: string;
  pushId: string;
  type: string;
  sentAt: Date;
  /** The body as received. */
  body: string;
}

export interface StoredPush {
  pushId: string;
  type: string;
  sentAt: Date;
  body: string;
  /** Read from Upflow's API by a sweep; nobody can send one. */
  swept: boolean;
}

/** What a sweep read, to be entered the way of a push. */
export interface SweptPush {
  pushId: string;
  /** What it says held at this moment. */
  readAt: Date;
  body: string;
}

/** Bytes of bodies that are taken at once, but for a single push that has more. */
const MAX_TAKEN_IN_BYTES = 16_000_000;

/** Takes pushes that were not folded yet, oldest first. Those that another process holds are left to it. */
export async function takeWaitingPushes(
  db: Kysely<Tables>,
  connectionId: string,
  limit: number,
): Promise<StoredPush[]> {
  const { rows } = await sql<StoredPush>`
    with oldest as (
      select push_id, received_at, octet_length(body) as size from push
      where connection_id = ${connectionId} and folded_at is null
      order by received_at limit ${limit}),
    sized as (
      select push_id, sum(size) over (order by received_at, push_id) - size as size_before from oldest)
    select push_id as "pushId", type, sent_at as "sentAt", body, swept from push
    where connection_id = ${connectionId} and folded_at is null
      and push_id in (select push_id from sized where size_before < ${MAX_TAKEN_IN_BYTES})
    order by received_at for update skip locked`.execute(db);
  return rows;
}

/** Marks pushes as folded: their customers' states were compared with the stored ones. */
export async function markFolded(db: Kysely<Tables>, connectionId: string, pushIds: string[]): Promise<void> {
  await sql`
    update push set folded_at = now()
    where connection_id = ${connectionId} and push_id = any(${pushIds.toSorted()}::text[])`.execute(db);
}

/** The connections that have pushes to fold, customers to write now, or something that a person started. */
export async function findConnectionsWithWork(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ connection_id: string }>`
    select distinct connection_id from push where folded_at is null
    union
    select distinct connection_id from customer
    where dirty_at is not null and coalesce(next_attempt_at, '-infinity') <= now()
    union
    select connection_id from export_run where state = 'running'
    union
    select connection_id from preflight where state = 'running'`.execute(db);
  return rows.map(({ connection_id }) => connection_id);
}

/** Finds one push of a connection, with what became of it for each customer. */
export async function findPush(db: Kysely<Tables>, connectionId: string, pushId: string) {
  const push = await db
    .selectFrom('push')
    .select(['push_id as pushId', 'type', 'sent_at as sentAt', 'received_at as receivedAt'])
    .where('connection_id', '=', connectionId)
    .where('push_id', '=', pushId)
    .executeTakeFirst();
  if (push === undefined) return undefined;
  const effects = await db
    .selectFrom('push_effect')
    .select([
      'customer_id as customerId',
      'outcome',
      'account_id as accountId',
      'reason',
      'ended_at as endedAt',
    ])
    .where('connection_id', '=', connectionId)
    .where('push_id', '=', pushId)
    .orderBy('customer_id')
    .execute();
  return { ...push, effects };
}

/** Pushes that one statement of the housekeeping looks at. */
const BODIES_PER_SLICE = 2000;

/**
 * Drops the bodies of pushes that are older than the given age, whatever became of them: what was in them is in the
 * customers' states, from which a retry works.
 */
export async function deleteOldBodies(db: Kysely<Tables>, days: number): Promise<void> {
  const { rows: connections } = await sql<{ id: string }>`
    select connection_id as id from connection`.execute(db);
  for (const { id } of connections) {
    let after: readonly [receivedAt: string, pushId: string] = ['-infinity', ''];
    for (;;) {
      const { rows }: { rows: { receivedAt: string; pushId: string }[] } = await sql<{
        receivedAt: string;
        pushId: string;
      }>`
        with slice as (
          select received_at, push_id from push
          where connection_id = ${id} and (received_at, push_id) > (${after[0]}::timestamptz, ${after[1]})
            and received_at < now() - make_interval(days => ${days})
          order by received_at, push_id limit ${BODIES_PER_SLICE}),
        dropped as (
          update push p set body = null from slice
          where p.connection_id = ${id} and p.push_id = slice.push_id and p.body is not null
            and p.folded_at is not null)
        select received_at::text as "receivedAt", push_id as "pushId" from slice
        order by received_at desc, push_id desc limit 1`.execute(db);
      const [last] = rows;
      if (last === undefined) break;
      after = [last.receivedAt, last.pushId];
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/**
 * Deletes pushes that ended and are older than the given age, and what became of them. A customer's newest
 * push stays while it waits for a person: it can still be retried, and matched once its Account is there.
 */
export async function deleteOldPushes(db: Kysely<Tables>, days: number): Promise<void> {
  await sql`
    with old as (
      delete from push p
      where p.received_at < now() - make_interval(days => ${days}) and p.folded_at is not null
        and not exists (
          select from push_effect e
          where e.connection_id = p.connection_id and e.push_id = p.push_id and (
            e.outcome is null
            or e.outcome in ('unmatched', 'needs attention') and exists (
              select from customer c
              where c.connection_id = e.connection_id and c.customer_id = e.customer_id
                and c.push_id = e.push_id)))
      returning connection_id, push_id)
    delete from push_effect e using old where e.connection_id = old.connection_id and e.push_id = old.push_id`.execute(
    db,
  );
}

/** Keeps pushes; those that are there already stay as they are. One statement, so one transaction. Sorted by key: two unsorted writers can deadlock each other. */
export async function storePushes(db: Kysely<Tables>, pushes: readonly AcceptedPush[]): Promise<void> {
  const sorted = pushes.toSorted(
    (a, b) => compare(a.connectionId, b.connectionId) || compare(a.pushId, b.pushId),
  );
  await sql`
    insert into push (connection_id, push_id, type, sent_at, body)
    select * from unnest(
      ${sorted.map((push) => push.connectionId)}::text[],
      ${sorted.map((push) => push.pushId)}::text[],
      ${sorted.map((push) => push.type)}::text[],
      ${sorted.map((push) => push.sentAt)}::timestamptz[],
      ${sorted.map((push) => push.body)}::text[])
    on conflict do nothing`.execute(db);
}

/** Keeps what a sweep read. */
export async function storeSwept(
  db: Kysely<Tables>,
  connectionId: string,
  { pushId, readAt, body }: SweptPush,
): Promise<void> {
  await sql`
    insert into push (connection_id, push_id, type, sent_at, body, swept)
    values (${connectionId}, ${pushId}, 'sweep', ${readAt}, ${body}, true)
    on conflict do nothing`.execute(db);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
