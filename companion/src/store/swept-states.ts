import { sql, type Kysely } from 'kysely';
import type { Customer } from '../upflow/push-schema.ts';
import type { CustomerState } from './customers.ts';
import { readOverdue } from './customers.ts';
import type { Tables } from './tables.ts';

/** What is known of a customer when a sweep tells of it. */
export interface KnownState {
  customerId: string;
  /** Null when it was deleted in Upflow. */
  state: Customer | null;
  /** Of the last push that told of it. */
  updatedAt: Date;
  sweptAt: Date | null;
  /** The portal link that the companion had made. */
  portal: { url: string; expiresAt: string } | null;
}

/** Reads what is known of customers. @param hold keeps others from changing it until the transaction ends */
export async function readKnownStates(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: readonly string[],
  { hold = false, onlySwept = false } = {},
): Promise<Map<string, KnownState>> {
  const { rows } = await sql<KnownState & { url: string | null; expiresAt: Date | null }>`
    select c.customer_id as "customerId", c.state, c.updated_at as "updatedAt", c.swept_at as "sweptAt",
      l.url, l.expires_at as "expiresAt"
    from customer c
    left join portal_link l on l.connection_id = c.connection_id and l.customer_id = c.customer_id
    where c.connection_id = ${connectionId} and c.customer_id = any(${customerIds.toSorted()}::text[])
      ${onlySwept ? sql`and (c.swept_at is not null or l.url is not null)` : sql``}
    order by c.customer_id ${hold ? sql`for update of c` : sql``}`.execute(db);
  return new Map(
    rows.map(({ url, expiresAt, ...known }) => [
      known.customerId,
      {
        ...known,
        portal: url === null || expiresAt === null ? null : { url, expiresAt: expiresAt.toISOString() },
      },
    ]),
  );
}

/** A state that a sweep made of what is known and what it read. */
export type SweptState = Pick<CustomerState, 'customerId' | 'customer' | 'identifier' | 'pushId'>;

/** Any push is newer than a customer that only sweeps told of. */
const BEFORE_ALL_PUSHES = '1970-01-02T00:00:00Z';

/**
 * Keeps states that a sweep made. The stamps of the last push stay, so that the next push is still compared with it.
 *
 * @param isExporting whether the customers are to be written soon
 */
export async function saveSweptStates(
  db: Kysely<Tables>,
  connectionId: string,
  readAt: Date,
  states: readonly SweptState[],
  isExporting: boolean,
): Promise<void> {
  const sorted = states.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  await sql`
    insert into customer as c (connection_id, customer_id, updated_at, push_sent_at, push_id, state, identifier,
      overdue, swept_at, dirty_at)
    select ${connectionId}, d.customer_id, ${BEFORE_ALL_PUSHES}, ${BEFORE_ALL_PUSHES}, d.push_id, d.state::json,
      d.identifier, d.overdue, ${readAt}, case when ${isExporting} then now() end
    from unnest(
      ${sorted.map((state) => state.customerId)}::text[],
      ${sorted.map((state) => state.pushId)}::text[],
      ${sorted.map(({ customer }) => (customer === null ? null : JSON.stringify(customer)))}::text[],
      ${sorted.map((state) => state.identifier)}::text[],
      ${sorted.map(({ customer }) => readOverdue(customer))}::float8[]
    ) as d(customer_id, push_id, state, identifier, overdue)
    on conflict (connection_id, customer_id) do update set
      push_id = excluded.push_id, state = excluded.state, identifier = excluded.identifier,
      overdue = excluded.overdue, swept_at = excluded.swept_at, version = c.version + 1, changed_at = now(),
      dirty_at = coalesce(c.dirty_at, excluded.dirty_at), run_waits = c.run_waits and excluded.dirty_at is null,
      attempts = 0, next_attempt_at = null`.execute(db);
}
