import { sql, type Kysely } from 'kysely';
import { markCustomersOf } from './import-accounts.ts';
import type { Tables } from './tables.ts';

/** A Contact as the import read it. */
export interface ReadContact {
  id: string;
  stamp: Date;
  accountId: string | null;
  email: string;
  /** Null where it cannot be imported. */
  emailKey: string | null;
  firstName: string;
  lastName: string;
  title: string;
  phone: string;
  createdAt: Date;
  values: Record<string, string>;
  /** Why it cannot be imported. */
  trouble: string | null;
}

interface Touched {
  id: string;
  isChanged: boolean;
  accountBefore: string | null;
  accountAfter: string | null;
  emailBefore: string | null;
  emailAfter: string | null;
}

/** Keeps Contacts as they were read; customers that they concern are to be looked at. @returns how many changed */
export async function saveReadContacts(
  trx: Kysely<Tables>,
  connectionId: string,
  generation: number,
  contacts: readonly ReadContact[],
): Promise<number> {
  const c = contacts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const { rows } = await sql<Touched>`
    with d as (
      select * from unnest(
        ${c.map(({ id }) => id)}::text[], ${c.map(({ stamp }) => stamp)}::timestamptz[],
        ${c.map(({ accountId }) => accountId)}::text[], ${c.map(({ email }) => email)}::text[],
        ${c.map(({ emailKey }) => emailKey)}::text[], ${c.map(({ firstName }) => firstName)}::text[],
        ${c.map(({ lastName }) => lastName)}::text[], ${c.map(({ title }) => title)}::text[],
        ${c.map(({ phone }) => phone)}::text[], ${c.map(({ createdAt }) => createdAt)}::timestamptz[],
        ${c.map(({ values }) => JSON.stringify(values))}::text[], ${c.map(({ trouble }) => trouble)}::text[]
      ) as d(contact_id, stamp, account_id, email, email_key, first_name, last_name, title, phone, created_at, vals,
        trouble)),
    old as (
      select k.contact_id, k.account_id, k.email_key,
        row(k.account_id, k.email, k.first_name, k.last_name, k.title, k.phone, k.values::text, k.trouble,
          k.created_at)::text as content
      from import_contact k join d using (contact_id) where k.connection_id = ${connectionId}),
    kept as (
      insert into import_contact as k (connection_id, contact_id, stamp, account_id, email, email_key, first_name,
        last_name, title, phone, created_at, values, trouble, generation)
      select ${connectionId}, contact_id, stamp, account_id, email, email_key, first_name, last_name, title, phone,
        created_at, vals::json, trouble, ${generation} from d
      on conflict (connection_id, contact_id) do update set
        stamp = excluded.stamp, account_id = excluded.account_id, email = excluded.email,
        email_key = excluded.email_key, first_name = excluded.first_name, last_name = excluded.last_name,
        title = excluded.title, phone = excluded.phone, created_at = excluded.created_at, values = excluded.values,
        trouble = excluded.trouble, generation = excluded.generation
      where excluded.stamp >= k.stamp
      returning contact_id, account_id, email_key,
        row(account_id, email, first_name, last_name, title, phone, values::text, trouble, created_at)::text as content)
    select kept.contact_id as id, old.account_id as "accountBefore", kept.account_id as "accountAfter",
      old.email_key as "emailBefore", kept.email_key as "emailAfter"
    from kept left join old using (contact_id) where old.content is distinct from kept.content`.execute(trx);
  await markConcerned(trx, connectionId, rows);
  return rows.length;
}

/** Forgets Contacts that were deleted, merged into others, or cannot be seen any more. @returns how many were known */
export async function dropContacts(
  trx: Kysely<Tables>,
  connectionId: string,
  contactIds: readonly string[],
): Promise<number> {
  const { rows } = await sql<Touched>`
    delete from import_contact where connection_id = ${connectionId} and contact_id = any(${contactIds.toSorted()}::text[])
    returning contact_id as id, account_id as "accountBefore", null as "accountAfter", email_key as "emailBefore",
      null as "emailAfter"`.execute(trx);
  await markConcerned(trx, connectionId, rows);
  return rows.length;
}

/** The Accounts that contacts left or came to, and those that have contacts with the same addresses. */
async function markConcerned(
  trx: Kysely<Tables>,
  connectionId: string,
  touched: readonly Omit<Touched, 'isChanged'>[],
): Promise<void> {
  if (touched.length === 0) return;
  const accounts = touched.flatMap(({ accountBefore, accountAfter }) =>
    [accountBefore ?? [], accountAfter ?? []].flat(),
  );
  const emails = touched.flatMap(({ emailBefore, emailAfter }) =>
    [emailBefore ?? [], emailAfter ?? []].flat(),
  );
  const { rows } = await sql<{ id: string }>`
    select distinct account_id as id from import_contact
    where connection_id = ${connectionId} and email_key = any(${[...new Set(emails)]}::text[])
      and account_id is not null`.execute(trx);
  await markCustomersOf(trx, connectionId, [...new Set([...accounts, ...rows.map(({ id }) => id)])]);
}

/** Has the customers looked at that have contacts with the same addresses as the contacts of these Accounts. */
export async function markRivals(
  trx: Kysely<Tables>,
  connectionId: string,
  accountIds: readonly string[],
): Promise<void> {
  if (accountIds.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select distinct o.account_id as id from import_contact k
    join import_contact o on o.connection_id = k.connection_id and o.email_key = k.email_key
      and o.account_id <> k.account_id
    where k.connection_id = ${connectionId} and k.account_id = any(${[...accountIds]}::text[])
      and k.email_key is not null`.execute(trx);
  await markCustomersOf(
    trx,
    connectionId,
    rows.map(({ id }) => id),
  );
}
