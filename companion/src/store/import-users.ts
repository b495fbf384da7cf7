import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A User as the import read it. */
export interface ReadUser {
  id: string;
  stamp: Date;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  active: boolean;
}

/** Keeps owners as they were read, and leaves out whoever owns nothing. @returns how many were new or changed */
export async function saveReadUsers(
  trx: Kysely<Tables>,
  connectionId: string,
  users: readonly ReadUser[],
): Promise<number> {
  const u = users.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const { rows } = await sql<{ id: string }>`
    with d as (
      select * from unnest(
        ${u.map(({ id }) => id)}::text[], ${u.map(({ stamp }) => stamp)}::timestamptz[],
        ${u.map(({ email }) => email)}::text[], ${u.map(({ firstName }) => firstName)}::text[],
        ${u.map(({ lastName }) => lastName)}::text[], ${u.map(({ active }) => active)}::boolean[]
      ) as d(user_id, stamp, email, first_name, last_name, active)),
    old as (
      select k.user_id, row(k.email, k.first_name, k.last_name, k.active)::text as content
      from import_user k join d using (user_id) where k.connection_id = ${connectionId}),
    kept as (
      insert into import_user as k (connection_id, user_id, stamp, email, first_name, last_name, active)
      select ${connectionId}, d.* from d
      where exists (select from import_account a where a.connection_id = ${connectionId} and a.owner_id = d.user_id)
      on conflict (connection_id, user_id) do update set stamp = excluded.stamp, email = excluded.email,
        first_name = excluded.first_name, last_name = excluded.last_name, active = excluded.active,
        upflow_id = case when lower(k.email) = lower(excluded.email) then k.upflow_id end
      where excluded.stamp >= k.stamp
      returning user_id, row(email, first_name, last_name, active)::text as content)
    select kept.user_id as id from kept left join old using (user_id)
    where old.content is distinct from kept.content`.execute(trx);
  const changed = rows.map(({ id }) => id);
  if (changed.length > 0) {
    await sql`
      with near as (
        select c.customer_id from import_customer c join import_account a using (connection_id, account_id)
        where c.connection_id = ${connectionId} and a.owner_id = any(${changed}::text[])
        order by c.customer_id for update of c)
      update import_customer c set dirty_at = coalesce(dirty_at, now())
      from near where c.connection_id = ${connectionId} and c.customer_id = near.customer_id`.execute(trx);
  }
  return changed.length;
}

/** Owners of Accounts after this id, in order: all of them, or those that nothing is known of. */
export async function listOwners(
  db: Kysely<Tables>,
  connectionId: string,
  { all, after, limit }: { all: boolean; after: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct owner_id as id from import_account a
    where connection_id = ${connectionId} and owner_id > ${after}
      and (${all} or not exists (
        select from import_user u where u.connection_id = a.connection_id and u.user_id = a.owner_id))
    order by owner_id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Keeps which user of Upflow each owner is; null where that is not known any more. */
export async function saveUpflowUsers(
  db: Kysely<Tables>,
  connectionId: string,
  users: readonly { userId: string; upflowId: string | null }[],
): Promise<void> {
  if (users.length === 0) return;
  await sql`
    update import_user u set upflow_id = d.upflow_id
    from unnest(${users.map(({ userId }) => userId)}::text[], ${users.map(({ upflowId }) => upflowId)}::text[])
      as d(user_id, upflow_id)
    where u.connection_id = ${connectionId} and u.user_id = d.user_id`.execute(db);
}
