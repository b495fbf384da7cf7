import { sql, type Kysely } from 'kysely';
import type { Outcome, Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

/** A customer whose newest state waits for a person. */
export interface Failure {
  customerId: string;
  pushId: string;
  outcome: Outcome;
  accountId: string | null;
  reason: Reason;
}

/** Failures with the same code. */
export interface FailureGroup {
  code: string;
  count: number;
  /** When the first of them began. */
  since: Date;
  /** Of the newest of them. */
  outcome: Outcome;
  reason: Reason;
}

/**
 * Keeps who fails now. A failure that goes on for the same reason keeps its beginning; one whose state is no
 * longer the newest does not count.
 */
export async function saveFailures(
  db: Kysely<Tables>,
  connectionId: string,
  failures: Failure[],
): Promise<void> {
  if (failures.length === 0) return;
  const sorted = failures.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  await sql`
    insert into customer_failure as f
      (connection_id, customer_id, code, outcome, push_id, account_id, reason, open)
    select ${connectionId}, d.customer_id, d.code, d.outcome, d.push_id, d.account_id, d.reason::json,
      c.push_id = d.push_id
    from unnest(
      ${sorted.map(({ customerId }) => customerId)}::text[],
      ${sorted.map(({ reason }) => reason.code)}::text[],
      ${sorted.map(({ outcome }) => outcome)}::text[],
      ${sorted.map(({ pushId }) => pushId)}::text[],
      ${sorted.map(({ accountId }) => accountId)}::text[],
      ${sorted.map(({ reason }) => JSON.stringify(reason))}::text[]
    ) as d(customer_id, code, outcome, push_id, account_id, reason)
    join customer c on c.connection_id = ${connectionId} and c.customer_id = d.customer_id
    on conflict (connection_id, customer_id) do update set
      since = case when f.code = excluded.code then f.since else excluded.since end,
      code = excluded.code, outcome = excluded.outcome, push_id = excluded.push_id,
      account_id = excluded.account_id, reason = excluded.reason, open = excluded.open`.execute(db);
}

/** These customers do not fail any more. */
export async function endFailures(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: string[],
): Promise<void> {
  if (customerIds.length === 0) return;
  await sql`
    delete from customer_failure
    where connection_id = ${connectionId} and customer_id = any(${customerIds.toSorted()}::text[])`.execute(
    db,
  );
}

/** Failures of states that are no longer the newest do not count; whether the new ones fail is seen in a moment. */
export async function doubtFailures(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: string[],
): Promise<void> {
  await sql`
    update customer_failure f set open = false from customer c
    where f.connection_id = ${connectionId} and f.customer_id = any(${customerIds.toSorted()}::text[]) and f.open
      and c.connection_id = f.connection_id and c.customer_id = f.customer_id and c.push_id <> f.push_id`.execute(
    db,
  );
}

/** The failures of a connection by code, the most frequent first. */
export async function readFailureGroups(db: Kysely<Tables>, connectionId: string): Promise<FailureGroup[]> {
  const { rows } = await sql<FailureGroup>`
    select g.code, g.count, g.since, newest.outcome, newest.reason
    from (
      select code, count(*)::int as count, min(since) as since from customer_failure
      where connection_id = ${connectionId} and open group by code
    ) as g,
    lateral (
      select outcome, reason from customer_failure f
      where f.connection_id = ${connectionId} and f.code = g.code and f.open
      order by since desc, customer_id desc limit 1
    ) as newest
    order by g.count desc, g.code`.execute(db);
  return rows;
}

export interface FailureRow {
  customerId: string;
  customerName: string;
  accountId: string | null;
  reason: Reason;
  since: Date;
  pushId: string;
  /** Where a page that ends here goes on. */
  place: string;
}

/** One page of the failures with a code, newest first. */
export async function readFailuresOf(
  db: Kysely<Tables>,
  connectionId: string,
  code: string,
  limit: number,
  after?: readonly [since: string, customerId: string],
): Promise<FailureRow[]> {
  const { rows } = await sql<FailureRow>`
    select f.customer_id as "customerId", coalesce(n.name, '') as "customerName", f.account_id as "accountId",
      f.reason, f.since, f.push_id as "pushId", f.since::text as place
    from customer_failure f
    left join customer_name n on n.connection_id = f.connection_id and n.customer_id = f.customer_id
    where f.connection_id = ${connectionId} and f.code = ${code} and f.open
      ${after === undefined ? sql`` : sql`and (f.since, f.customer_id) < (${after[0]}::timestamptz, ${after[1]})`}
    order by f.since desc, f.customer_id desc limit ${limit}`.execute(db);
  return rows;
}
