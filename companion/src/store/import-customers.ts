import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What a customer is to have in Upflow rests on this. */
export interface ImportedCustomer {
  customerId: string;
  accountId: string | null;
  /** Why it has no Account. */
  trouble: string | null;
  /** Calls were begun whose end was not kept: what Upflow has is not known. */
  inFlight: boolean;
  sentUser: string | null;
  /** Digests by custom field. */
  sentFields: Record<string, string>;
  contactsTaken: boolean;
  /** Null where the Account was not read yet, or is gone. */
  account: { ownerId: string | null; values: Record<string, string> } | null;
  owner: Owner | null;
  contacts: ImportedContact[];
  /** What Upflow was sent of this customer, or, for another, of a contact that is now this customer's. */
  sent: SentContact[];
}

export interface Owner {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  active: boolean;
  upflowId: string | null;
}

export interface ImportedContact {
  id: string;
  email: string;
  emailKey: string | null;
  firstName: string;
  lastName: string;
  title: string;
  phone: string;
  values: Record<string, string>;
  trouble: string | null;
  /** The older contact that has the same address. */
  beatenBy: string | null;
}

export interface SentContact {
  contactId: string;
  customerId: string;
  upflowId: string;
  emailKey: string;
  digest: string;
}

/** What Upflow has now of a customer. */
export interface SentState {
  customerId: string;
  user: string | null;
  fields: Record<string, string>;
  contactsTaken: boolean;
  /** Something could not be sent yet, and is tried again. */
  isPending: boolean;
  problem: string | null;
  contacts: readonly Omit<SentContact, 'customerId'>[];
  /** Contacts that were removed, of this customer or of another. */
  removed: readonly string[];
}

/** How many customers are to be looked at. */
export async function countDirty(db: Kysely<Tables>, connectionId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from import_customer
    where connection_id = ${connectionId} and dirty_at is not null`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The next customers that are to be looked at, in the order of their ids, with all that a plan rests on. */
export async function loadDirty(
  db: Kysely<Tables>,
  connectionId: string,
  after: string,
  limit: number,
): Promise<ImportedCustomer[]> {
  const { rows } = await sql<Omit<ImportedCustomer, 'contacts' | 'sent'>>`
    select c.customer_id as "customerId", c.account_id as "accountId", c.trouble, c.in_flight as "inFlight",
      c.sent_user as "sentUser", c.sent_fields as "sentFields", c.contacts_taken as "contactsTaken",
      case when a.account_id is not null then json_build_object('ownerId', a.owner_id, 'values', a.values) end as account,
      case when u.user_id is not null then json_build_object('id', u.user_id, 'email', u.email,
        'firstName', u.first_name, 'lastName', u.last_name, 'active', u.active, 'upflowId', u.upflow_id) end as owner
    from (
      select * from import_customer
      where connection_id = ${connectionId} and dirty_at is not null and customer_id > ${after}
      order by customer_id limit ${limit}) c
    left join import_account a on a.connection_id = c.connection_id and a.account_id = c.account_id
    left join import_user u on u.connection_id = c.connection_id and u.user_id = a.owner_id
    order by c.customer_id`.execute(db);
  const contacts = await loadContacts(
    db,
    connectionId,
    rows.flatMap(({ accountId }) => accountId ?? []),
  );
  const sent = await loadSent(
    db,
    connectionId,
    rows.map(({ customerId }) => customerId),
    [...contacts.values()].flat().map(({ id }) => id),
  );
  return rows.map((row) => {
    const own = contacts.get(row.accountId ?? '') ?? [];
    const ids = new Set(own.map(({ id }) => id));
    return {
      ...row,
      contacts: own,
      sent: sent.filter(({ customerId, contactId }) => customerId === row.customerId || ids.has(contactId)),
    };
  });
}

/** Oldest first. */
async function loadContacts(
  db: Kysely<Tables>,
  connectionId: string,
  accountIds: readonly string[],
): Promise<Map<string, ImportedContact[]>> {
  const { rows } = await sql<ImportedContact & { accountId: string }>`
    select k.contact_id as id, k.account_id as "accountId", coalesce(k.email, '') as email, k.email_key as "emailKey",
      coalesce(k.first_name, '') as "firstName", coalesce(k.last_name, '') as "lastName",
      coalesce(k.title, '') as title, coalesce(k.phone, '') as phone, k.values, k.trouble,
      case when k.email_key is not null then (
        select o.contact_id from import_contact o
        join import_customer m on m.connection_id = o.connection_id and m.account_id = o.account_id
        where o.connection_id = k.connection_id and o.email_key = k.email_key
          and (o.created_at, o.contact_id) < (k.created_at, k.contact_id)
        order by o.created_at, o.contact_id limit 1) end as "beatenBy"
    from import_contact k
    where k.connection_id = ${connectionId} and k.account_id = any(${[...accountIds]}::text[])
    order by k.account_id, k.created_at, k.contact_id`.execute(db);
  return Map.groupBy(rows, ({ accountId }) => accountId);
}

async function loadSent(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: readonly string[],
  contactIds: readonly string[],
): Promise<SentContact[]> {
  const columns = sql`contact_id as "contactId", customer_id as "customerId", upflow_id as "upflowId",
    email_key as "emailKey", digest`;
  const { rows } = await sql<SentContact>`
    select ${columns} from import_sent_contact
    where connection_id = ${connectionId} and customer_id = any(${[...customerIds]}::text[])
    union
    select ${columns} from import_sent_contact
    where connection_id = ${connectionId} and contact_id = any(${[...contactIds]}::text[])`.execute(db);
  return rows;
}

/** Notes that calls are about to be made for these customers. */
export async function markInFlight(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: readonly string[],
): Promise<void> {
  if (customerIds.length === 0) return;
  await sql`
    update import_customer set in_flight = true
    where connection_id = ${connectionId} and customer_id = any(${customerIds.toSorted()}::text[])`.execute(
    db,
  );
}

/**
 * Keeps what Upflow has now of these customers.
 *
 * @returns those that are still known: of the others, which were erased while they were sent, nothing is kept
 */
export async function saveSent(
  trx: Kysely<Tables>,
  connectionId: string,
  states: readonly SentState[],
): Promise<Set<string>> {
  const s = states.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const { rows } = await sql<{ id: string }>`
    update import_customer c set in_flight = false, sent_user = d.sent_user, sent_fields = d.fields::json,
      contacts_taken = d.taken, problem = d.problem,
      dirty_at = case when d.pending then c.dirty_at end
    from unnest(
      ${s.map(({ customerId }) => customerId)}::text[], ${s.map(({ user }) => user)}::text[],
      ${s.map(({ fields }) => JSON.stringify(fields))}::text[], ${s.map(({ contactsTaken }) => contactsTaken)}::boolean[],
      ${s.map(({ isPending }) => isPending)}::boolean[], ${s.map(({ problem }) => problem)}::text[]
    ) as d(customer_id, sent_user, fields, taken, pending, problem)
    where c.connection_id = ${connectionId} and c.customer_id = d.customer_id
    returning c.customer_id as id`.execute(trx);
  const known = new Set(rows.map(({ id }) => id));
  const removed = s.flatMap((state) => state.removed);
  if (removed.length > 0) {
    await sql`
      delete from import_sent_contact
      where connection_id = ${connectionId} and upflow_id = any(${removed}::text[])`.execute(trx);
  }
  const kept = s
    .filter(({ customerId }) => known.has(customerId))
    .flatMap(({ customerId, contacts }) => contacts.map((contact) => ({ ...contact, customerId })));
  if (kept.length === 0) return known;
  await sql`
    insert into import_sent_contact as k (connection_id, contact_id, customer_id, upflow_id, email_key, digest)
    select ${connectionId}, * from unnest(
      ${kept.map(({ contactId }) => contactId)}::text[], ${kept.map(({ customerId }) => customerId)}::text[],
      ${kept.map(({ upflowId }) => upflowId)}::text[], ${kept.map(({ emailKey }) => emailKey)}::text[],
      ${kept.map(({ digest }) => digest)}::text[])
    on conflict (connection_id, contact_id) do update set customer_id = excluded.customer_id,
      upflow_id = excluded.upflow_id, email_key = excluded.email_key, digest = excluded.digest`.execute(trx);
  return known;
}

/** Which customers are looked at again. */
export type Look = 'with contacts' | 'with contacts or fields' | 'with problems';

/** Has customers looked at again. @returns how many */
export async function markDirty(db: Kysely<Tables>, connectionId: string, look: Look): Promise<number> {
  const hasContacts = sql`exists (
    select from import_sent_contact k where k.connection_id = c.connection_id and k.customer_id = c.customer_id)`;
  const which = {
    'with contacts': sql`(contacts_taken or ${hasContacts})`,
    'with contacts or fields': sql`(in_flight or sent_fields::text <> '{}' or ${hasContacts})`,
    'with problems': sql`problem is not null`,
  }[look];
  const { numAffectedRows } = await sql`
    update import_customer c set dirty_at = coalesce(dirty_at, now())
    where connection_id = ${connectionId} and dirty_at is null and ${which}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

const MARKED_AT_ONCE = 5000;

/** Has all customers looked at again, in slices. */
export async function markAllDirty(db: Kysely<Tables>, connectionId: string): Promise<void> {
  for (let marked = MARKED_AT_ONCE; marked === MARKED_AT_ONCE;) {
    const { numAffectedRows } = await sql`
      update import_customer set dirty_at = now() where connection_id = ${connectionId} and customer_id = any(array(
        select customer_id from import_customer
        where connection_id = ${connectionId} and dirty_at is null limit ${MARKED_AT_ONCE}))`.execute(db);
    marked = Number(numAffectedRows ?? 0);
  }
}

/** How much of what was imported Upflow has. */
export async function countImported(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<{ contacts: number; fields: number; owners: number; customers: number }> {
  const { rows } = await sql<{ contacts: number; fields: number; owners: number; customers: number }>`
    select (select count(*)::int from import_sent_contact where connection_id = ${connectionId}) as contacts,
      (count(*) filter (where sent_fields::text <> '{}'))::int as fields,
      (count(*) filter (where sent_user is not null))::int as owners,
      (count(*) filter (where account_id is not null))::int as customers
    from import_customer where connection_id = ${connectionId}`.execute(db);
  return rows[0] ?? { contacts: 0, fields: 0, owners: 0, customers: 0 };
}
