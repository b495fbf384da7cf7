import { sql, type Kysely } from 'kysely';
import type { Outcome, Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

export interface CustomerRow {
  id: string;
  name: string;
  identifier: string | null;
  accountId: string | null;
  /** Of its newest state; null while that is pending. */
  outcome: Outcome | null;
}

/** Reads customers by id, in the order of the ids. */
export async function readCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: string[],
): Promise<CustomerRow[]> {
  const { rows } = await sql<CustomerRow>`
    select c.customer_id as id, coalesce(n.name, '') as name, c.identifier, a.account_id as "accountId", e.outcome
    from unnest(${customerIds}::text[]) with ordinality as wanted(customer_id, place)
    join customer c on c.connection_id = ${connectionId} and c.customer_id = wanted.customer_id
    left join customer_name n on n.connection_id = c.connection_id and n.customer_id = c.customer_id
    left join account a on a.connection_id = c.connection_id and a.customer_id = c.customer_id
    left join push_effect e
      on e.connection_id = c.connection_id and e.push_id = c.push_id and e.customer_id = c.customer_id
    order by place`.execute(db);
  return rows;
}

/** One page of the ids of all customers. */
export async function listCustomerIds(
  db: Kysely<Tables>,
  connectionId: string,
  limit: number,
  after?: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from customer
    where connection_id = ${connectionId} ${after === undefined ? sql`` : sql`and customer_id > ${after}`}
    order by customer_id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

export interface CustomerNow extends CustomerRow {
  /** When Upflow last changed it. */
  updatedAt: Date;
  isDeleted: boolean;
  /** Since when Salesforce may lack its newest state; null when it has it, or waits for a person. */
  waitingSince: Date | null;
  nextAttemptAt: Date | null;
  reason: Reason | null;
  /** The identifier of its Account, as last read. */
  accountIdentifier: string | null;
}

/** How one customer stands now. @returns undefined when no push told of it */
export async function readCustomerNow(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
): Promise<CustomerNow | undefined> {
  const { rows } = await sql<CustomerNow>`
    select c.customer_id as id, coalesce(n.name, '') as name, c.identifier, a.account_id as "accountId", e.outcome,
      c.updated_at as "updatedAt", c.state is null as "isDeleted", c.dirty_at as "waitingSince",
      c.next_attempt_at as "nextAttemptAt", e.reason, a.identifier as "accountIdentifier"
    from customer c
    left join customer_name n on n.connection_id = c.connection_id and n.customer_id = c.customer_id
    left join account a on a.connection_id = c.connection_id and a.customer_id = c.customer_id
    left join push_effect e
      on e.connection_id = c.connection_id and e.push_id = c.push_id and e.customer_id = c.customer_id
    where c.connection_id = ${connectionId} and c.customer_id = ${customerId}`.execute(db);
  return rows[0];
}

export interface CustomerPush {
  pushId: string;
  type: string;
  receivedAt: Date;
  outcome: Outcome | null;
  endedAt: Date | null;
}

/** The last pushes that told of a customer, newest first. */
export async function readCustomerPushes(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
  limit: number,
): Promise<CustomerPush[]> {
  const { rows } = await sql<CustomerPush>`
    select e.push_id as "pushId", p.type, p.received_at as "receivedAt", e.outcome, e.ended_at as "endedAt"
    from push_effect e
    join push p on p.connection_id = e.connection_id and p.push_id = e.push_id
    where e.connection_id = ${connectionId} and e.customer_id = ${customerId}
    order by e.received_at desc limit ${limit}`.execute(db);
  return rows;
}
