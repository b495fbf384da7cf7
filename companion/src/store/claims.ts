import { sql, type Kysely } from 'kysely';
import type { Customer } from '../upflow/push-schema.ts';
import type { Tables } from './tables.ts';

/** A customer that this process may write, until its lease ends. */
export interface ClaimedCustomer {
  customerId: string;
  pushId: string;
  customer: Customer | null;
  identifier: string | null;
  version: number;
  attempts: number;
}

/** How far a connection is behind. */
export interface Backlog {
  /** The database's own clock, by which all the other times were set. */
  now: Date;
  /** Customers that may be written now. */
  due: number;
  oldestDirtyAt: Date | null;
  newestChangeAt: Date | null;
  /** When the first of those that wait after a failure may be tried again. */
  nextAttemptAt: Date | null;
}

/** A claim on customers by one process, which others may take over once it has been silent for too long. */
export interface Lease {
  id: string;
  seconds: number;
}

/** Claims customers that may be written now, longest waiting first. Only the holder of the lease may settle them. */
export async function claimCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  lease: Lease,
  limit: number,
): Promise<ClaimedCustomer[]> {
  const { rows } = await sql<ClaimedCustomer>`
    with due as (
      select customer_id from customer
      where connection_id = ${connectionId} and dirty_at is not null
        and coalesce(next_attempt_at, '-infinity') <= now() and coalesce(lease_until, '-infinity') < now()
      order by dirty_at limit ${limit} for update skip locked)
    update customer c
    set lease_id = ${lease.id}, lease_until = now() + make_interval(secs => ${lease.seconds}), attempts = attempts + 1
    from due
    where c.connection_id = ${connectionId} and c.customer_id = due.customer_id
    returning c.customer_id as "customerId", c.push_id as "pushId", c.state as customer, c.identifier,
      c.version, c.attempts`.execute(db);
  return rows;
}

/** Whether these claimed customers are all still ours; their lease then starts anew. */
export async function renewLease(
  db: Kysely<Tables>,
  connectionId: string,
  lease: Lease,
  customerIds: string[],
): Promise<boolean> {
  const { rows } = await sql`
    update customer set lease_until = now() + make_interval(secs => ${lease.seconds})
    where connection_id = ${connectionId} and customer_id = any(${customerIds.toSorted()}::text[])
      and lease_id = ${lease.id} and lease_until > now()
    returning customer_id`.execute(db);
  return rows.length === customerIds.length;
}

/** Frees what a process that no longer runs had claimed. Only where there can be no other process. */
export async function freeAllLeases(db: Kysely<Tables>): Promise<void> {
  await sql`update customer set lease_id = null, lease_until = null where lease_id is not null`.execute(db);
}

/** Gives claimed customers back as done, unless a newer state came meanwhile. */
export async function settleCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  leaseId: string,
  done: { customerId: string; version: number }[],
): Promise<void> {
  const sorted = done.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  await sql`
    update customer c
    set lease_id = null, lease_until = null, attempts = 0, next_attempt_at = null,
      dirty_at = case when c.version = d.version then null else c.dirty_at end
    from unnest(${sorted.map((row) => row.customerId)}::text[], ${sorted.map((row) => row.version)}::int[])
      as d(customer_id, version)
    where c.connection_id = ${connectionId} and c.customer_id = d.customer_id and c.lease_id = ${leaseId}`.execute(
    db,
  );
}

/** Gives claimed customers back undone, to be tried again at the given moment, or at once. */
export async function releaseCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  leaseId: string,
  released: { customerId: string; nextAttemptAt: Date | null; countAttempt: boolean }[],
): Promise<void> {
  const sorted = released.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  await sql`
    update customer c
    set lease_id = null, lease_until = null, next_attempt_at = d.next_attempt_at,
      attempts = case when d.counts then c.attempts else greatest(c.attempts - 1, 0) end
    from unnest(
      ${sorted.map((row) => row.customerId)}::text[],
      ${sorted.map((row) => row.nextAttemptAt)}::timestamptz[],
      ${sorted.map((row) => row.countAttempt)}::boolean[]
    ) as d(customer_id, next_attempt_at, counts)
    where c.connection_id = ${connectionId} and c.customer_id = d.customer_id and c.lease_id = ${leaseId}`.execute(
    db,
  );
}

/** Measures how far a connection is behind. */
export async function readBacklog(db: Kysely<Tables>, connectionId: string): Promise<Backlog> {
  const { rows } = await sql<Backlog>`
    select now() as now,
      (count(*) filter (where coalesce(next_attempt_at, '-infinity') <= now()))::int as due,
      min(dirty_at) filter (where coalesce(next_attempt_at, '-infinity') <= now()) as "oldestDirtyAt",
      max(changed_at) filter (where coalesce(next_attempt_at, '-infinity') <= now()) as "newestChangeAt",
      min(next_attempt_at) filter (where next_attempt_at > now()) as "nextAttemptAt"
    from customer
    where connection_id = ${connectionId} and dirty_at is not null
      and coalesce(lease_until, '-infinity') < now()`.execute(db);
  return (
    rows[0] ?? { now: new Date(), due: 0, oldestDirtyAt: null, newestChangeAt: null, nextAttemptAt: null }
  );
}
