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
  /** What is to be written even where it was written before: an export run wants it anew. */
  forget?: 'all' | readonly string[] | null;
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

/** Which customers are written first. */
export type Priority = 'oldest' | 'largest overdue';

const ORDERS = {
  oldest: sql`dirty_at`,
  'largest overdue': sql`abs(coalesce(overdue, 0) - coalesce(shown_overdue, 0)) desc, dirty_at`,
};

/** A customer that only an export run wants written is left alone while that run is not running. */
const isInRunningRun = (connectionId: string) =>
  sql`run_id in (select run_id from export_run where connection_id = ${connectionId} and state = 'running')`;

/**
 * Claims customers that may be written now: those with news before those that only an export run wants written,
 * and of each the longest waiting, or those whose amount overdue changed most, first. Only the holder of the lease
 * may settle them.
 */
export async function claimCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  lease: Lease,
  limit: number,
  priority: Priority = 'oldest',
): Promise<ClaimedCustomer[]> {
  const isFree = sql`connection_id = ${connectionId} and dirty_at is not null
    and coalesce(next_attempt_at, '-infinity') <= now() and coalesce(lease_until, '-infinity') < now()`;
  const order = ORDERS[priority];
  const { rows } = await sql<ClaimedCustomer>`
    with news as (
      select customer_id from customer where ${isFree} and not run_waits
      order by ${order} limit ${limit} for update skip locked),
    in_run as (
      select customer_id from customer where ${isFree} and run_waits and ${isInRunningRun(connectionId)}
      order by ${order} limit ${limit} - (select count(*) from news) for update skip locked),
    due as (select customer_id from news union all select customer_id from in_run)
    update customer c
    set lease_id = ${lease.id}, lease_until = now() + make_interval(secs => ${lease.seconds}), attempts = attempts + 1
    from due
    where c.connection_id = ${connectionId} and c.customer_id = due.customer_id
    returning c.customer_id as "customerId", c.push_id as "pushId", c.state as customer, c.identifier,
      c.version, c.attempts, (
        select coalesce((
            select case when bool_or(d.field = '') then '"all"'::json else json_agg(distinct d.field) end
            from drift_row d
            where d.connection_id = c.connection_id and d.repair_run_id = c.run_id and d.customer_id = c.customer_id
          ), r.forget_fields, '"all"') from export_run r
        where r.connection_id = c.connection_id and r.run_id = c.run_id) as forget`.execute(db);
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
  await sql`update bulk_job set lease_until = '-infinity'`.execute(db);
}

/**
 * Gives claimed customers back as done, unless a newer state came meanwhile. `shown` says that their Account has
 * their figures now.
 */
export async function settleCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  leaseId: string,
  done: { customerId: string; version: number; shown: boolean }[],
): Promise<void> {
  const sorted = done.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  await sql`
    update customer c
    set lease_id = null, lease_until = null, attempts = 0, next_attempt_at = null,
      dirty_at = case when c.version = d.version then null else c.dirty_at end,
      run_id = case when c.version = d.version then null else c.run_id end,
      run_waits = c.run_waits and c.version <> d.version,
      shown_overdue = case when d.shown and c.version = d.version then c.overdue else c.shown_overdue end
    from unnest(
      ${sorted.map((row) => row.customerId)}::text[], ${sorted.map((row) => row.version)}::int[],
      ${sorted.map((row) => row.shown)}::boolean[]
    ) as d(customer_id, version, shown)
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
      and coalesce(lease_until, '-infinity') < now()
      and (not run_waits or ${isInRunningRun(connectionId)})`.execute(db);
  return (
    rows[0] ?? { now: new Date(), due: 0, oldestDirtyAt: null, newestChangeAt: null, nextAttemptAt: null }
  );
}
