import { sql, type Kysely } from 'kysely';
import { markRivals } from './import-contacts.ts';
import type { Tables } from './tables.ts';

export interface MatchedSlice {
  /** The last customer of the slice; undefined where there was none. */
  last: string | undefined;
  customers: number;
  matched: number;
  changed: number;
}

/**
 * Decides for the next customers, in the order of their ids, which Account each belongs to, by what is stored: the link
 * that a person made, or else the only Account with an equal identifier if the customer is the only one that has it.
 * Customers whose Account changed are to be looked at.
 */
export async function matchSlice(
  trx: Kysely<Tables>,
  connectionId: string,
  after: string,
  limit: number,
): Promise<MatchedSlice> {
  const { rows } = await sql<{
    id: string;
    account: string | null;
    before: string | null;
    isChanged: boolean;
  }>`
    with slice as materialized (
      select customer_id, identifier from customer
      where connection_id = ${connectionId} and customer_id > ${after} and state is not null
      order by customer_id limit ${limit}),
    decided as (
      select s.customer_id,
        case when l.customer_id is not null then l.account_id
          when found.number = 1 and shared.number = 1 then found.account_id end as account_id,
        case when l.customer_id is not null then case when l.account_id is null then 'unlinked-by-hand' end
          when s.identifier is null then 'no-identifier'
          when shared.number > 1 then 'duplicate-customer'
          when found.number > 1 then 'duplicate-account'
          when found.number = 0 then 'no-account' end as trouble
      from slice s
      left join match_link l on l.connection_id = ${connectionId} and l.customer_id = s.customer_id
      left join lateral (
        select count(*) as number, min(a.account_id) as account_id from account a
        where a.connection_id = ${connectionId} and lower(a.identifier) = lower(s.identifier)
          and a.identifier = s.identifier and not exists (
            select from match_link o where o.connection_id = a.connection_id and o.account_id = a.account_id)
      ) found on true
      left join lateral (
        select count(*) as number from customer c
        where c.connection_id = ${connectionId} and c.identifier = s.identifier and c.state is not null
          and not exists (
            select from match_link o where o.connection_id = c.connection_id and o.customer_id = c.customer_id)
      ) shared on true),
    before as (
      select b.customer_id, b.account_id, b.trouble from import_customer b join slice using (customer_id)
      where b.connection_id = ${connectionId}),
    kept as (
      insert into import_customer as k (connection_id, customer_id, account_id, trouble, dirty_at)
      select ${connectionId}, d.customer_id, d.account_id, d.trouble, now()
      from decided d left join before b using (customer_id)
      where b.customer_id is null or (b.account_id, b.trouble) is distinct from (d.account_id, d.trouble)
      order by d.customer_id
      on conflict (connection_id, customer_id) do update set account_id = excluded.account_id,
        trouble = excluded.trouble, dirty_at = coalesce(k.dirty_at, now())
      returning customer_id)
    select d.customer_id as id, d.account_id as account, b.account_id as before,
      kept.customer_id is not null as "isChanged"
    from decided d left join before b using (customer_id) left join kept using (customer_id)
    order by d.customer_id`.execute(trx);
  const changed = rows.filter(({ isChanged }) => isChanged);
  await markRivals(
    trx,
    connectionId,
    changed.flatMap(({ account, before }) =>
      account === before ? [] : [account ?? [], before ?? []].flat(),
    ),
  );
  return {
    last: rows.at(-1)?.id,
    customers: rows.length,
    matched: rows.filter(({ account }) => account !== null).length,
    changed: changed.length,
  };
}

/** Forgets customers that are not in Upflow any more: there is nothing left to send them. @returns how many, at most the limit */
export async function dropGoneCustomers(
  trx: Kysely<Tables>,
  connectionId: string,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ id: string; account: string | null }>`
    delete from import_customer k
    where connection_id = ${connectionId} and customer_id = any(array(
      select customer_id from import_customer i
      where connection_id = ${connectionId} and not exists (
        select from customer c where c.connection_id = i.connection_id and c.customer_id = i.customer_id
          and c.state is not null)
      limit ${limit}))
    returning customer_id as id, account_id as account`.execute(trx);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await sql`
    delete from import_sent_contact
    where connection_id = ${connectionId} and customer_id = any(${ids}::text[])`.execute(trx);
  await sql`
    delete from import_skip where connection_id = ${connectionId} and customer_id = any(${ids}::text[])`.execute(
    trx,
  );
  await markRivals(
    trx,
    connectionId,
    rows.flatMap(({ account }) => account ?? []),
  );
  return ids.length;
}
