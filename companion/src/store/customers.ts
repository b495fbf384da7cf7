import { sql, type Kysely } from 'kysely';
import type { Customer } from '../upflow/push-schema.ts';
import { toMajorUnits } from '../upflow/read-money.ts';
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

/**
 * Keeps each state that is newer than the stored one; the comparison happens inside the write, so that
 * no order of arrival and no number of writers can move a customer backwards.
 *
 * @param isExporting whether the customers are to be written soon; otherwise they wait for the first full export
 */
export async function saveNewerStates(
  db: Kysely<Tables>,
  connectionId: string,
  states: CustomerState[],
  isExporting = true,
): Promise<void> {
  const sorted = states.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  await sql`
    insert into customer as c
      (connection_id, customer_id, updated_at, push_sent_at, push_id, state, identifier, overdue, dirty_at)
    select ${connectionId}, d.customer_id, d.updated_at, d.push_sent_at, d.push_id, d.state::json, d.identifier,
      d.overdue, case when ${isExporting} then now() end
    from unnest(
      ${sorted.map((state) => state.customerId)}::text[],
      ${sorted.map((state) => state.updatedAt)}::timestamptz[],
      ${sorted.map((state) => state.pushSentAt)}::timestamptz[],
      ${sorted.map((state) => state.pushId)}::text[],
      ${sorted.map((state) => (state.customer === null ? null : JSON.stringify(state.customer)))}::text[],
      ${sorted.map((state) => state.identifier)}::text[],
      ${sorted.map(({ customer }) => readOverdue(customer))}::float8[]
    ) as d(customer_id, updated_at, push_sent_at, push_id, state, identifier, overdue)
    on conflict (connection_id, customer_id) do update set
      updated_at = excluded.updated_at, push_sent_at = excluded.push_sent_at, push_id = excluded.push_id,
      state = excluded.state, identifier = excluded.identifier, overdue = excluded.overdue,
      version = c.version + 1, changed_at = now(), dirty_at = coalesce(c.dirty_at, excluded.dirty_at),
      run_waits = c.run_waits and excluded.dirty_at is null, attempts = 0, next_attempt_at = null
    where (excluded.updated_at, excluded.push_sent_at, excluded.push_id)
        > (c.updated_at, c.push_sent_at, c.push_id)`.execute(db);
}

/** What is overdue, in the own unit of its currency. */
export function readOverdue(customer: Customer | null): number | null {
  return customer?.amountOverdue == null ? null : toMajorUnits(customer.amountOverdue, customer.currency);
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
    update customer set dirty_at = coalesce(dirty_at, now()), version = version + 1
    where connection_id = ${connectionId} and identifier = any(${identifiers.toSorted()}::text[])
      and customer_id <> all(${except}::text[])`.execute(db);
}

/** Has the customers whose Account was not found looked up in Salesforce and matched anew. */
export async function rematchUnmatched(db: Kysely<Tables>): Promise<void> {
  await sql`
    with again as (
      update customer c set dirty_at = now()
      from push_effect e
      where e.connection_id = c.connection_id and e.push_id = c.push_id and e.customer_id = c.customer_id
        and e.outcome = 'unmatched' and c.dirty_at is null
        and e.reason ->> 'code' in ('no-account', 'formatting-difference')
      returning c.connection_id, c.identifier)
    delete from identifier_lookup l using again
    where l.connection_id = again.connection_id and l.identifier = again.identifier`.execute(db);
}

/**
 * Has customers written again whose newest state is this push's and waits for a person.
 *
 * @returns how many
 */
export async function retryPush(
  db: Kysely<Tables>,
  connectionId: string,
  pushId: string,
  actor: string,
): Promise<number> {
  const { rows } = await sql<{ customers: number }>`
    with again as (
      update customer c set dirty_at = now(), version = c.version + 1, attempts = 0, next_attempt_at = null,
        run_waits = false
      from push_effect e
      where c.connection_id = ${connectionId} and c.push_id = ${pushId}
        and e.connection_id = c.connection_id and e.push_id = c.push_id and e.customer_id = c.customer_id
        and e.outcome in ('unmatched', 'needs attention')
      returning c.customer_id, c.identifier),
    forgotten as (
      delete from identifier_lookup l using again
      where l.connection_id = ${connectionId} and l.identifier = again.identifier),
    told as (
      insert into customer_event (connection_id, customer_id, kind, push_id, detail)
      select ${connectionId}, customer_id, 'retried', ${pushId}, ${JSON.stringify({ by: actor })}::json from again)
    select count(*)::int as customers from again`.execute(db);
  return rows[0]?.customers ?? 0;
}

/** How many live customers carry each identifier, but for those whose Account a person decided. */
export async function countCustomersByIdentifier(
  db: Kysely<Tables>,
  connectionId: string,
  identifiers: string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ identifier: string; count: number }>`
    select identifier, count(*)::int as count from customer c
    where connection_id = ${connectionId} and identifier = any(${identifiers}::text[]) and state is not null
      and not exists (
        select from match_link l where l.connection_id = c.connection_id and l.customer_id = c.customer_id)
    group by identifier`.execute(db);
  return new Map(rows.map(({ identifier, count }) => [identifier, count]));
}

/** Whether there is such a customer that was not deleted. */
export async function customerExists(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from customer
    where connection_id = ${connectionId} and customer_id = ${customerId} and state is not null`.execute(db);
  return rows.length > 0;
}
