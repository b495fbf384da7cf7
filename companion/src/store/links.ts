import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export const LINK_SOURCES = ['accepted', 'by hand', 'unlinked'] as const;

/** What a person decided about a customer: which Account is its own, or with null that none is. */
export interface Link {
  customerId: string;
  accountId: string | null;
  source: (typeof LINK_SOURCES)[number];
  by: string;
  at: Date;
}

const columns = sql`customer_id as "customerId", account_id as "accountId", source, made_by as by, made_at as at`;

/** The links of these customers, and those to these Accounts. */
export async function loadLinks(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: readonly string[],
  accountIds: readonly string[],
): Promise<Link[]> {
  const { rows } = await sql<Link>`
    select ${columns} from match_link
    where connection_id = ${connectionId}
      and (customer_id = any(${customerIds}::text[]) or account_id = any(${accountIds}::text[]))`.execute(db);
  return rows;
}

/** All links of a connection: they are people's work, so they are few. */
export async function loadAllLinks(db: Kysely<Tables>, connectionId: string): Promise<Link[]> {
  const { rows } = await sql<Link>`
    select ${columns} from match_link where connection_id = ${connectionId}`.execute(db);
  return rows;
}

/** Has customers whose links changed leave the Accounts that carry their figures, but for those that they keep. */
export async function leaveAccounts(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: readonly string[],
): Promise<void> {
  await sql`
    update account a set left_by_hand = not exists (
      select from match_link l
      where l.connection_id = a.connection_id and l.customer_id = a.customer_id and l.account_id = a.account_id)
    where connection_id = ${connectionId} and account_id = any(array(
      select account_id from account
      where connection_id = ${connectionId} and customer_id = any(${customerIds}::text[])
      order by account_id for update))`.execute(db);
}

/** Has customers matched anew: these, those that carry one of the identifiers, and those on the Accounts. */
export async function rematchAround(
  db: Kysely<Tables>,
  connectionId: string,
  { customerIds, accountIds }: { customerIds: readonly string[]; accountIds: readonly string[] },
): Promise<void> {
  await sql`
    with near as (
      select customer_id from customer
      where connection_id = ${connectionId} and (
        customer_id = any(${customerIds}::text[])
        or identifier in (
          select identifier from customer
          where connection_id = ${connectionId} and customer_id = any(${customerIds}::text[])
          union
          select identifier from account
          where connection_id = ${connectionId} and account_id = any(${accountIds}::text[]))
        or customer_id in (
          select customer_id from account
          where connection_id = ${connectionId} and account_id = any(${accountIds}::text[])))
      order by customer_id for update)
    update customer c
    set dirty_at = coalesce(c.dirty_at, now()), version = c.version + 1, attempts = 0, next_attempt_at = null
    from near where c.connection_id = ${connectionId} and c.customer_id = near.customer_id`.execute(db);
}
