import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Outcome, Reason } from '../outcome.ts';
import { findCustomers } from './customer-names.ts';
import type { Tables } from './tables.ts';

/** Customers whose pushes one search lists. */
const CUSTOMERS_PER_SEARCH = 100;

export interface PushRow {
  pushId: string;
  type: string;
  receivedAt: Date;
  /** How many customers ended in each way; null stands for those that are pending. */
  ends: { outcome: Outcome | null; customers: number }[];
  /** Of one of its customers, where the outcome has a reason. */
  reason: { outcome: Outcome | null; reason: Reason } | null;
  /** Where a page that ends here goes on, to the microsecond. */
  place: string;
}

export interface PushFilter {
  /** Pushes of which at least one customer ended so. */
  outcome?: Outcome | 'pending' | undefined;
  /** A push id, or the beginning of a customer's id or of a word of its name. */
  search?: string | undefined;
}

/** Where a page of pushes ended. */
export type PushAfter = readonly [receivedAt: string, pushId: string];

/** One page of the pushes of a connection, newest first. The time it takes does not depend on how many there are. */
export async function listPushes(
  db: Kysely<Tables>,
  connectionId: string,
  { outcome, search }: PushFilter,
  limit: number,
  after?: PushAfter,
): Promise<PushRow[]> {
  const page = { connectionId, limit, after };
  const keys =
    search !== undefined
      ? await selectFound(db, page, search, outcome)
      : outcome === undefined
        ? selectAll(page)
        : selectEnded(page, outcome);
  const { rows } = await sql<PushRow>`
    with page as (${keys})
    select p.push_id as "pushId", p.type, p.received_at as "receivedAt", p.received_at::text as place,
      coalesce((
        select json_agg(json_build_object('outcome', outcome, 'customers', customers)) from (
          select outcome, count(*)::int as customers from push_effect e
          where e.connection_id = p.connection_id and e.push_id = p.push_id group by outcome) as counted
      ), '[]') as ends,
      (select json_build_object('outcome', outcome, 'reason', reason) from push_effect e
        where e.connection_id = p.connection_id and e.push_id = p.push_id and e.reason is not null
        order by array_position(array['needs attention', 'rejected', 'unmatched'], outcome), customer_id limit 1
      ) as reason
    from page join push p on p.connection_id = ${connectionId} and p.push_id = page.push_id
    order by p.received_at desc, p.push_id desc`.execute(db);
  return rows;
}

interface Page {
  connectionId: string;
  limit: number;
  after: PushAfter | undefined;
}

const newestFirst = sql`order by received_at desc, push_id desc`;

function goOn({ after }: Page): RawBuilder<unknown> {
  if (after === undefined) return sql`true`;
  return sql`(received_at, push_id) < (${after[0]}::timestamptz, ${after[1]})`;
}

function selectAll(page: Page): RawBuilder<unknown> {
  return sql`
    select received_at, push_id from push
    where connection_id = ${page.connectionId} and ${goOn(page)} ${newestFirst} limit ${page.limit}`;
}

function selectEnded(page: Page, outcome: Outcome | 'pending'): RawBuilder<unknown> {
  const isEnded = outcome === 'pending' ? sql`outcome is null` : sql`outcome = ${outcome}`;
  const ended = sql`
    select distinct received_at, push_id from push_effect
    where connection_id = ${page.connectionId} and ${isEnded} and ${goOn(page)} ${newestFirst} limit ${page.limit}`;
  if (outcome !== 'pending') return ended;
  // A push that was not taken in yet has no effects.
  return sql`
    select received_at, push_id from (
      (${ended}) union (
        select received_at, push_id from push
        where connection_id = ${page.connectionId} and folded_at is null and ${goOn(page)}
        ${newestFirst} limit ${page.limit})) as pending
    ${newestFirst} limit ${page.limit}`;
}

async function selectFound(
  db: Kysely<Tables>,
  page: Page,
  search: string,
  outcome: Outcome | 'pending' | undefined,
): Promise<RawBuilder<unknown>> {
  const { connectionId } = page;
  const found = await findCustomers(db, connectionId, search, CUSTOMERS_PER_SEARCH);
  const customerIds = found.map(({ customerId }) => customerId);
  const isEnded =
    outcome === undefined
      ? sql`true`
      : outcome === 'pending'
        ? sql`outcome is null`
        : sql`outcome = ${outcome}`;
  return sql`
    select received_at, push_id from (
      select received_at, push_id from push where connection_id = ${connectionId} and push_id = ${search}
      union
      select received_at, push_id from push_effect
      where connection_id = ${connectionId} and customer_id = any(${customerIds}::text[])
        and customer_id <> '' and ${isEnded}) as found
    where ${goOn(page)} ${newestFirst} limit ${page.limit}`;
}
