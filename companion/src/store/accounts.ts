import { sql, type Kysely } from 'kysely';
import type { FieldValues } from '../salesforce/field-value.ts';
import type { Tables } from './tables.ts';

/** What the companion knows of an Account without asking Salesforce. */
export interface KnownAccount {
  accountId: string;
  identifier: string | null;
  currency: string | null;
  /** The customer whose figures it carries. */
  customerId: string | null;
  /** What was last written, by field. A field that is absent was never written. */
  written: FieldValues;
  /** A person took the customer off it. */
  leftByHand?: boolean;
}

/**
 * Loads the Accounts that carry these identifiers, in any case of letters, or these customers' figures, and those
 * named by their ids.
 */
export async function loadAccounts(
  db: Kysely<Tables>,
  connectionId: string,
  identifiers: string[],
  customerIds: string[],
  accountIds: string[] = [],
): Promise<KnownAccount[]> {
  // Lowered by the database on both sides: JavaScript lowers some letters otherwise.
  const lowered = sql`array(select lower(identifier) from unnest(${identifiers}::text[]) as d(identifier))`;
  const columns = sql`account_id as "accountId", identifier, currency, customer_id as "customerId", written,
    left_by_hand as "leftByHand"`;
  const { rows } = await sql<KnownAccount>`
    select ${columns} from account
    where connection_id = ${connectionId} and lower(identifier) = any(${lowered})
    union all
    select ${columns} from account
    where connection_id = ${connectionId}
      and (customer_id = any(${customerIds}::text[]) or account_id = any(${accountIds}::text[]))
      and (identifier is null or lower(identifier) <> all(${lowered}))`.execute(db);
  return rows;
}

/** Of these identifiers, those that Salesforce was not asked for within the last minutes. */
export async function findUnaskedIdentifiers(
  db: Kysely<Tables>,
  connectionId: string,
  identifiers: string[],
  minutes: number,
): Promise<string[]> {
  const { rows } = await sql<{ identifier: string }>`
    select distinct wanted.identifier from unnest(${identifiers}::text[]) as wanted(identifier)
    where not exists (
      select from identifier_lookup l
      where l.connection_id = ${connectionId} and l.identifier = wanted.identifier
        and l.looked_up_at > now() - make_interval(mins => ${minutes}))
    and not exists (
      select from account a
      where a.connection_id = ${connectionId} and lower(a.identifier) = lower(wanted.identifier)
        and a.identifier = wanted.identifier)`.execute(db);
  return rows.map(({ identifier }) => identifier);
}

/** Keeps what Salesforce answered for identifiers, found or not. */
export async function saveLookups(
  db: Kysely<Tables>,
  connectionId: string,
  asked: string[],
  found: { id: string; identifier: string; currency: string | null }[],
): Promise<void> {
  const sorted = [...new Map(found.map((account) => [account.id, account])).values()].toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  await sql`
    insert into account (connection_id, account_id, identifier, currency)
    select ${connectionId}, * from unnest(
      ${sorted.map(({ id }) => id)}::text[],
      ${sorted.map(({ identifier }) => identifier)}::text[],
      ${sorted.map(({ currency }) => currency)}::text[])
    on conflict (connection_id, account_id)
    do update set identifier = excluded.identifier, currency = excluded.currency`.execute(db);
  // After the Accounts: a process that ends in between must not leave an answer that found none.
  await sql`
    insert into identifier_lookup (connection_id, identifier, looked_up_at)
    select ${connectionId}, identifier, now() from unnest(${asked.toSorted()}::text[]) as d(identifier)
    on conflict (connection_id, identifier) do update set looked_up_at = excluded.looked_up_at`.execute(db);
}

/** Of these Accounts, those that are not known. */
export async function findUnknownAccounts(
  db: Kysely<Tables>,
  connectionId: string,
  accountIds: string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select wanted.id from unnest(${accountIds}::text[]) as wanted(id)
    where not exists (
      select from account a where a.connection_id = ${connectionId} and a.account_id = wanted.id)`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Keeps Accounts that a person named, without their side of the identifier. */
export async function saveNamedAccounts(
  db: Kysely<Tables>,
  connectionId: string,
  found: readonly { id: string; currency: string | null }[],
): Promise<void> {
  const sorted = found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await sql`
    insert into account (connection_id, account_id, currency)
    select ${connectionId}, * from unnest(
      ${sorted.map(({ id }) => id)}::text[], ${sorted.map(({ currency }) => currency)}::text[])
    on conflict do nothing`.execute(db);
}

/** Forgets that identifiers were asked for when that was long ago. */
export async function deleteOldLookups(db: Kysely<Tables>): Promise<void> {
  await sql`delete from identifier_lookup where looked_up_at < now() - interval '1 day'`.execute(db);
}

/** Keeps what was written, added to what was written before. */
export async function saveWritten(
  db: Kysely<Tables>,
  connectionId: string,
  written: { accountId: string; written: FieldValues }[],
): Promise<void> {
  const sorted = written.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  await sql`
    update account a set written = d.written::json
    from unnest(
      ${sorted.map(({ accountId }) => accountId)}::text[],
      ${sorted.map((row) => JSON.stringify(row.written))}::text[]
    ) as d(account_id, written)
    where a.connection_id = ${connectionId} and a.account_id = d.account_id`.execute(db);
}

/** Makes Accounts carry these customers and no others; a customer's earlier Account is released. */
export async function linkAccounts(
  db: Kysely<Tables>,
  connectionId: string,
  links: { accountId: string; customerId: string | null }[],
): Promise<void> {
  const sorted = links.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const accountIds = sorted.map(({ accountId }) => accountId);
  const customerIds = sorted.map(({ customerId }) => customerId);
  // Released first: two Accounts may not carry one customer, not even within one statement.
  await sql`
    update account set customer_id = null, left_by_hand = false
    where connection_id = ${connectionId}
      and (account_id = any(${accountIds}::text[]) or customer_id = any(${customerIds}::text[]))`.execute(db);
  await sql`
    update account a set customer_id = d.customer_id
    from unnest(${accountIds}::text[], ${customerIds}::text[]) as d(account_id, customer_id)
    where a.connection_id = ${connectionId} and a.account_id = d.account_id`.execute(db);
}

/** Forgets Accounts that are gone, so that their identifiers are looked up anew. */
export async function forgetAccounts(
  db: Kysely<Tables>,
  connectionId: string,
  accountIds: string[],
): Promise<void> {
  await sql`
    with gone as (
      delete from account where connection_id = ${connectionId} and account_id = any(${accountIds}::text[])
      returning identifier)
    delete from identifier_lookup l using gone
    where l.connection_id = ${connectionId} and l.identifier = gone.identifier`.execute(db);
}
