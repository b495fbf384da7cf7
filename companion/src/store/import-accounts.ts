import { sql, type Kysely } from 'kysely';
import { forgetAccounts } from './accounts.ts';
import { rematchAround } from './links.ts';
import type { Tables } from './tables.ts';

/** An Account as the import read it. */
export interface ReadAccount {
  id: string;
  stamp: Date;
  ownerId: string | null;
  identifier: string | null;
  currency: string | null;
  /** Of the chosen fields, by API name. */
  values: Record<string, string>;
}

/**
 * Keeps Accounts as they were read; what is stored with a newer stamp stays. Customers of those that changed are to be
 * looked at, by the import and, where the identifier changed, by the export.
 *
 * @returns how many were new or changed
 */
export async function saveReadAccounts(
  trx: Kysely<Tables>,
  connectionId: string,
  generation: number,
  accounts: readonly ReadAccount[],
): Promise<number> {
  const sorted = accounts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const { rows } = await sql<{ id: string }>`
    with d as (
      select * from unnest(
        ${sorted.map(({ id }) => id)}::text[], ${sorted.map(({ stamp }) => stamp)}::timestamptz[],
        ${sorted.map(({ ownerId }) => ownerId)}::text[], ${sorted.map(({ values }) => JSON.stringify(values))}::text[]
      ) as d(account_id, stamp, owner_id, vals)),
    old as (
      select a.account_id, a.owner_id, a.values::text as vals from import_account a join d using (account_id)
      where a.connection_id = ${connectionId}),
    kept as (
      insert into import_account as a (connection_id, account_id, stamp, owner_id, values, generation)
      select ${connectionId}, account_id, stamp, owner_id, vals::json, ${generation} from d
      on conflict (connection_id, account_id) do update
      set stamp = excluded.stamp, owner_id = excluded.owner_id, values = excluded.values, generation = excluded.generation
      where excluded.stamp >= a.stamp and (a.generation <> excluded.generation or a.stamp <> excluded.stamp
        or a.owner_id is distinct from excluded.owner_id or a.values::text <> excluded.values::text)
      returning account_id)
    select d.account_id as id from d join kept using (account_id) left join old using (account_id)
    where old.account_id is null or old.owner_id is distinct from d.owner_id or old.vals <> d.vals`.execute(
    trx,
  );
  const changed = rows.map(({ id }) => id);
  const moved = await saveIdentifiers(trx, connectionId, sorted);
  await markCustomersOf(trx, connectionId, changed);
  return new Set([...changed, ...moved]).size;
}

/** @returns the Accounts whose side of the shared identifier changed */
async function saveIdentifiers(
  trx: Kysely<Tables>,
  connectionId: string,
  sorted: readonly ReadAccount[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string; before: string | null; after: string | null }>`
    with d as (
      select * from unnest(
        ${sorted.map(({ id }) => id)}::text[], ${sorted.map(({ identifier }) => identifier)}::text[],
        ${sorted.map(({ currency }) => currency)}::text[]) as d(account_id, identifier, currency)),
    old as (
      select a.account_id, a.identifier, a.currency from account a join d using (account_id)
      where a.connection_id = ${connectionId}),
    kept as (
      insert into account as a (connection_id, account_id, identifier, currency)
      select ${connectionId}, d.account_id, d.identifier, d.currency from d left join old using (account_id)
      where old.account_id is null and d.identifier is not null
        or old.account_id is not null and (old.identifier, old.currency) is distinct from (d.identifier, d.currency)
      on conflict (connection_id, account_id)
      do update set identifier = excluded.identifier, currency = excluded.currency
      returning account_id, identifier)
    select kept.account_id as id, old.identifier as before, kept.identifier as after
    from kept left join old using (account_id) where old.identifier is distinct from kept.identifier`.execute(
    trx,
  );
  const identifiers = [...new Set(rows.flatMap(({ before, after }) => [before ?? [], after ?? []].flat()))];
  if (identifiers.length > 0) {
    await sql`
      with near as (
        select customer_id from customer c
        where connection_id = ${connectionId} and identifier = any(${identifiers.toSorted()}::text[])
          and exists (select from connection where connection_id = ${connectionId} and exporting)
          and not exists (
            select from account a where a.connection_id = c.connection_id and a.customer_id = c.customer_id
              and a.identifier = c.identifier
              and 1 = (select count(*) from account o where o.connection_id = a.connection_id
                and lower(o.identifier) = lower(a.identifier) and o.identifier = a.identifier))
        order by customer_id for update)
      update customer c set dirty_at = coalesce(c.dirty_at, now()), version = c.version + 1
      from near where c.connection_id = ${connectionId} and c.customer_id = near.customer_id`.execute(trx);
  }
  return rows.map(({ id }) => id);
}

/** Forgets Accounts that were deleted, merged into others, or cannot be seen any more. @returns how many were known */
export async function dropAccounts(
  trx: Kysely<Tables>,
  connectionId: string,
  accountIds: readonly string[],
): Promise<number> {
  const ids = accountIds.toSorted();
  const { rows } = await sql<{ id: string }>`
    delete from import_account where connection_id = ${connectionId} and account_id = any(${ids}::text[])
    returning account_id as id`.execute(trx);
  const known = rows.map(({ id }) => id);
  if (known.length === 0) return 0;
  await markCustomersOf(trx, connectionId, known);
  const { rows: carried } = await sql<{ id: string }>`
    select customer_id as id from account
    where connection_id = ${connectionId} and account_id = any(${known}::text[]) and customer_id is not null`.execute(
    trx,
  );
  await rematchAround(trx, connectionId, { customerIds: carried.map(({ id }) => id), accountIds: [] });
  await forgetAccounts(trx, connectionId, known);
  return known.length;
}

/** Has the customers of these Accounts looked at. */
export async function markCustomersOf(
  trx: Kysely<Tables>,
  connectionId: string,
  accountIds: readonly string[],
): Promise<void> {
  if (accountIds.length === 0) return;
  await sql`
    with near as (
      select customer_id from import_customer
      where connection_id = ${connectionId} and account_id = any(${[...accountIds]}::text[])
      order by customer_id for update)
    update import_customer c set dirty_at = coalesce(dirty_at, now())
    from near where c.connection_id = ${connectionId} and c.customer_id = near.customer_id`.execute(trx);
}

const STAGED = { Account: 'import_account', Contact: 'import_contact', User: 'import_user' } as const;
const KEYS = { Account: 'account_id', Contact: 'contact_id', User: 'user_id' } as const;

export type StagedObject = keyof typeof STAGED;

/** How many rows are stored with this stamp or a newer one. */
export async function countStagedSince(
  db: Kysely<Tables>,
  connectionId: string,
  object: StagedObject,
  since: Date,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(STAGED[object])}
    where connection_id = ${connectionId} and stamp >= ${since}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Rows that the complete pass did not find, and how many it did. */
export async function listUnseen(
  db: Kysely<Tables>,
  connectionId: string,
  object: 'Account' | 'Contact',
  generation: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select ${sql.ref(KEYS[object])} as id from ${sql.table(STAGED[object])}
    where connection_id = ${connectionId} and generation <> ${generation} limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

export async function countSeen(
  db: Kysely<Tables>,
  connectionId: string,
  object: 'Account' | 'Contact',
  generation: number,
): Promise<{ seen: number; unseen: number }> {
  const { rows } = await sql<{ seen: number; unseen: number }>`
    select (count(*) filter (where generation = ${generation}))::int as seen,
      (count(*) filter (where generation <> ${generation}))::int as unseen
    from ${sql.table(STAGED[object])} where connection_id = ${connectionId}`.execute(db);
  return rows[0] ?? { seen: 0, unseen: 0 };
}
