import { sql, type Kysely } from 'kysely';
import type { Customer } from '../upflow/push-schema.ts';
import type { Tables } from './tables.ts';

/** What one push says about one customer. The three stamps order states of the same customer. */
export interface CustomerState {
  customerId: string;
  updatedAt: Date;
  pushSentAt: Date;
  pushId: string;
  /** Null when the customer was deleted in Upflow. */
  customer: Customer | null;
  /** Upflow's side of the shared identifier; null when the customer has none. */
  identifier: string | null;
}

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

/**
 * Keeps each state that is newer than the stored one; the comparison happens inside the write, so that
 * no order of arrival and no number of writers can move a customer backwards.
 */
export async function saveNewerStates(
  db: Kysely<Tables>,
  connectionId: string,
  states: CustomerState[],
): Promise<void> {
  const sorted = states.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  await sql`
    insert into customer as c
      (connection_id, customer_id, updated_at, push_sent_at, push_id, state, identifier, dirty_at)
    select ${connectionId}, d.customer_id, d.updated_at, d.push_sent_at, d.push_id, d.state::json, d.identifier, now()
    from unnest(
      ${sorted.map((state) => state.customerId)}::text[],
      ${sorted.map((state) => state.updatedAt)}::timestamptz[],
      ${sorted.map((state) => state.pushSentAt)}::timestamptz[],
      ${sorted.map((state) => state.pushId)}::text[],
      ${sorted.map((state) => (state.customer === null ? null : JSON.stringify(state.customer)))}::text[],
      ${sorted.map((state) => state.identifier)}::text[]
    ) as d(customer_id, updated_at, push_sent_at, push_id, state, identifier)
    on conflict (connection_id, customer_id) do update set
      updated_at = excluded.updated_at, push_sent_at = excluded.push_sent_at, push_id = excluded.push_id,
      state = excluded.state, identifier = excluded.identifier,
      version = c.version + 1, changed_at = now(), dirty_at = coalesce(c.dirty_at, now()),
      attempts = 0, next_attempt_at = null
    where (excluded.updated_at, excluded.push_sent_at, excluded.push_id)
        > (c.updated_at, c.push_sent_at, c.push_id)`.execute(db);
}

/** The identifiers that customers have before they change. */
export async function readIdentifiers(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: string[],
): Promise<string[]> {
  const { rows } = await sql<{ identifier: string }>`
    select distinct identifier from customer
    where connection_id = ${connectionId} and customer_id = any(${customerIds}::text[])
      and identifier is not null`.execute(db);
  return rows.map(({ identifier }) => identifier);
}

/** Has other customers with these identifiers matched anew: an identifier may have become theirs alone, or shared. */
export async function rematchOthers(
  db: Kysely<Tables>,
  connectionId: string,
  identifiers: string[],
  except: string[],
): Promise<void> {
  await sql`
    update customer set dirty_at = now()
    where connection_id = ${connectionId} and identifier = any(${identifiers.toSorted()}::text[])
      and dirty_at is null and customer_id <> all(${except}::text[])`.execute(db);
}

/** Has every customer that ended unmatched matched anew, and looked up anew in Salesforce. */
export async function rematchUnmatched(db: Kysely<Tables>): Promise<void> {
  await sql`
    with again as (
      update customer c set dirty_at = now()
      from push_effect e
      where e.connection_id = c.connection_id and e.push_id = c.push_id and e.customer_id = c.customer_id
        and e.outcome = 'unmatched' and c.dirty_at is null
      returning c.connection_id, c.identifier)
    delete from identifier_lookup l using again
    where l.connection_id = again.connection_id and l.identifier = again.identifier`.execute(db);
}

/**
 * Has customers written again whose newest state is this push's and waits for a person.
 *
 * @returns how many
 */
export async function retryPush(db: Kysely<Tables>, connectionId: string, pushId: string): Promise<number> {
  const { rows } = await sql<{ customers: number }>`
    with again as (
      update customer c set dirty_at = now(), attempts = 0, next_attempt_at = null
      from push_effect e
      where c.connection_id = ${connectionId} and c.push_id = ${pushId}
        and e.connection_id = c.connection_id and e.push_id = c.push_id and e.customer_id = c.customer_id
        and e.outcome in ('unmatched', 'needs attention')
      returning c.identifier),
    forgotten as (
      delete from identifier_lookup l using again
      where l.connection_id = ${connectionId} and l.identifier = again.identifier)
    select count(*)::int as customers from again`.execute(db);
  return rows[0]?.customers ?? 0;
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

/**
 * Gives claimed customers back as done, unless a newer state came meanwhile.
 *
 * @returns those whose lease was still ours; nothing may be recorded for the others
 */
export async function settleCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  leaseId: string,
  done: { customerId: string; version: number }[],
): Promise<Set<string>> {
  const sorted = done.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const { rows } = await sql<{ customer_id: string }>`
    update customer c
    set lease_id = null, lease_until = null, attempts = 0, next_attempt_at = null,
      dirty_at = case when c.version = d.version then null else c.dirty_at end
    from unnest(${sorted.map((row) => row.customerId)}::text[], ${sorted.map((row) => row.version)}::int[])
      as d(customer_id, version)
    where c.connection_id = ${connectionId} and c.customer_id = d.customer_id and c.lease_id = ${leaseId}
    returning c.customer_id`.execute(db);
  return new Set(rows.map(({ customer_id }) => customer_id));
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
    select
      (count(*) filter (where coalesce(next_attempt_at, '-infinity') <= now()))::int as due,
      min(dirty_at) filter (where coalesce(next_attempt_at, '-infinity') <= now()) as "oldestDirtyAt",
      max(changed_at) filter (where coalesce(next_attempt_at, '-infinity') <= now()) as "newestChangeAt",
      min(next_attempt_at) filter (where next_attempt_at > now()) as "nextAttemptAt"
    from customer
    where connection_id = ${connectionId} and dirty_at is not null
      and coalesce(lease_until, '-infinity') < now()`.execute(db);
  return rows[0] ?? { due: 0, oldestDirtyAt: null, newestChangeAt: null, nextAttemptAt: null };
}

/** How many live customers carry each identifier. */
export async function countCustomersByIdentifier(
  db: Kysely<Tables>,
  connectionId: string,
  identifiers: string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ identifier: string; count: number }>`
    select identifier, count(*)::int as count from customer
    where connection_id = ${connectionId} and identifier = any(${identifiers}::text[]) and state is not null
    group by identifier`.execute(db);
  return new Map(rows.map(({ identifier, count }) => [identifier, count]));
}
