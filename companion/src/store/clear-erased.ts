import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

/** What is known of a customer when it is to be erased. */
export interface ErasedCustomer {
  identifier: string | null;
  /** Accounts that show its figures, or may. */
  accountIds: string[];
}

/** Takes the connection for the transaction: who keeps states of its customers waits, and sees what was done. */
export async function lockConnection(trx: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`select from connection where connection_id = ${connectionId} for update`.execute(trx);
}

/** @returns undefined when nothing is known of such a customer */
export async function readErasedCustomer(
  trx: Kysely<Tables>,
  connectionId: string,
  customerId: string,
): Promise<ErasedCustomer | undefined> {
  const { rows } = await sql<{ identifier: string | null; isKnown: boolean }>`
    select (select identifier from customer
        where connection_id = ${connectionId} and customer_id = ${customerId} for update) as identifier,
      exists (select from customer where connection_id = ${connectionId} and customer_id = ${customerId})
      or exists (select from push_effect where connection_id = ${connectionId} and customer_id = ${customerId})
      as "isKnown"`.execute(trx);
  const [known] = rows;
  if (known?.isKnown !== true) return undefined;
  const accounts = await sql<{ accountId: string }>`
    select account_id as "accountId" from account
    where connection_id = ${connectionId} and customer_id = ${customerId}
    union
    select l.account_id from match_link l
    join account a on a.connection_id = l.connection_id and a.account_id = l.account_id
    where l.connection_id = ${connectionId} and l.customer_id = ${customerId} and a.customer_id is null
    union
    select account_id from account
    where connection_id = ${connectionId} and lower(identifier) = lower(${known.identifier})
      and identifier = ${known.identifier} and customer_id is null`.execute(trx);
  return { identifier: known.identifier, accountIds: accounts.rows.map(({ accountId }) => accountId) };
}

/**
 * Has the Account of a customer cleared as if the customer were deleted in Upflow, and drops its state. An answer of
 * Salesforce that was lost may have left figures on an Account that is not known to carry them: where the customer
 * has no Account, the one that it would be written on is taken for it.
 */
export async function clearErased(
  trx: Kysely<Tables>,
  connectionId: string,
  customerId: string,
  { accountIds }: ErasedCustomer,
): Promise<void> {
  await sql`
    update account set customer_id = ${customerId}
    where connection_id = ${connectionId} and account_id = (
        select min(d.id) from unnest(${accountIds}::text[]) as d(id))
      and customer_id is null and not exists (
        select from account where connection_id = ${connectionId} and customer_id = ${customerId})`.execute(
    trx,
  );
  // What was written is forgotten, so that every field of ours is made blank, whatever we think that it holds.
  await sql`
    update account set written = '{}', left_by_hand = false
    where connection_id = ${connectionId} and customer_id = ${customerId}`.execute(trx);
  await sql`
    update customer c set state = null, identifier = null, overdue = null, shown_overdue = null, run_id = null,
      run_waits = false, version = version + 1, attempts = 0, next_attempt_at = null, dirty_at = now()
    where connection_id = ${connectionId} and customer_id = ${customerId}`.execute(trx);
}

/** How far the clearing of an erased customer's Account is. */
export interface Clearing {
  /** Accounts that still show it. */
  accountIds: string[];
  /** The customer is waiting to be cleared, or is being cleared. */
  isUnderWay: boolean;
  /** Some process may still be writing it. */
  isLeased: boolean;
  /** Why Salesforce refused to clear it the last time. */
  refusal: Reason | null;
}

/** Reads how far the clearing is; in a transaction nobody can go on with it until that ends, if `hold` says so. */
export async function readClearing(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
  { hold = false } = {},
): Promise<Clearing> {
  const customers = await sql<{ isDirty: boolean; isLeased: boolean }>`
    select dirty_at is not null as "isDirty", coalesce(lease_until > now(), false) as "isLeased" from customer
    where connection_id = ${connectionId} and customer_id = ${customerId} ${hold ? sql`for update` : sql``}`.execute(
    db,
  );
  const accounts = await sql<{ accountId: string }>`
    select account_id as "accountId" from account
    where connection_id = ${connectionId} and customer_id = ${customerId}`.execute(db);
  const refusals = await sql<{ reason: Reason }>`
    select reason from customer_failure
    where connection_id = ${connectionId} and customer_id = ${customerId}
    union all
    select reason from push_effect e join customer c using (connection_id, push_id, customer_id)
    where connection_id = ${connectionId} and customer_id = ${customerId} and e.reason is not null`.execute(
    db,
  );
  return {
    accountIds: accounts.rows.map(({ accountId }) => accountId),
    isUnderWay: customers.rows[0]?.isDirty === true,
    isLeased: customers.rows[0]?.isLeased === true,
    refusal: refusals.rows[0]?.reason ?? null,
  };
}

/** Has an Account cleared once more that Salesforce refused to have cleared. */
export async function clearAgain(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
): Promise<void> {
  await sql`
    update customer set dirty_at = now(), attempts = 0, next_attempt_at = null, version = version + 1
    where connection_id = ${connectionId} and customer_id = ${customerId} and dirty_at is null`.execute(db);
}

/** Whether long work is under way that read customers before a moment, and will keep what it read of them. */
export async function isReadBefore(db: Kysely<Tables>, connectionId: string, moment: Date): Promise<boolean> {
  const { rows } = await sql`
    select from match_job
    where connection_id = ${connectionId} and state = 'running' and ended_at is null and created_at < ${moment}
    union all
    select from preflight
    where connection_id = ${connectionId} and state = 'running' and started_at < ${moment}
      and started_at > now() - interval '15 minutes'
    limit 1`.execute(db);
  return rows.length > 0;
}
