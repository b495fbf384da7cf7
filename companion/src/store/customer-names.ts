import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What a push says about the name of a customer. */
export interface NamedCustomer {
  customerId: string;
  pushId: string;
  name: string;
}

/**
 * Keeps what customers are called, so that they can be found by it, where the push is the newest of its customer.
 * Costs little where nothing changed.
 */
export async function saveNames(
  db: Kysely<Tables>,
  connectionId: string,
  named: readonly NamedCustomer[],
): Promise<void> {
  const sorted = named.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const { rows } = await sql<{ customer_id: string }>`
    insert into customer_name as n (connection_id, customer_id, name)
    select c.connection_id, c.customer_id, d.name
    from unnest(
      ${sorted.map(({ customerId }) => customerId)}::text[],
      ${sorted.map(({ pushId }) => pushId)}::text[],
      ${sorted.map(({ name }) => name.replaceAll('\0', ''))}::text[]
    ) as d(customer_id, push_id, name)
    join customer c on c.connection_id = ${connectionId} and c.customer_id = d.customer_id and c.push_id = d.push_id
    order by c.customer_id
    on conflict (connection_id, customer_id) do update set name = excluded.name where n.name <> excluded.name
    returning customer_id`.execute(db);
  if (rows.length === 0) return;
  const changed = rows.map(({ customer_id }) => customer_id).toSorted();
  await sql`
    delete from customer_term
    where connection_id = ${connectionId} and customer_id = any(${changed}::text[])`.execute(db);
  const nameOf = new Map(sorted.map(({ customerId, name }) => [customerId, name]));
  const terms = changed.flatMap((customerId) =>
    listTerms(customerId, nameOf.get(customerId) ?? '').map((term) => ({ customerId, term })),
  );
  await sql`
    insert into customer_term (connection_id, customer_id, term)
    select ${connectionId}, * from unnest(
      ${terms.map(({ customerId }) => customerId)}::text[], ${terms.map(({ term }) => term)}::text[])
    on conflict do nothing`.execute(db);
}

/** Words of a name by which a customer is found. */
const MOST_WORDS = 8;

const LONGEST_TERM = 80;

/** What a customer is found by the beginning of: its id, and its name from each word on. */
export function listTerms(customerId: string, name: string): string[] {
  const words = name.replaceAll('\0', '').trim().split(/\s+/);
  const terms = words.slice(0, MOST_WORDS).map((_, place) => words.slice(place).join(' '));
  return [...new Set([customerId, ...terms].map(foldCase))].filter((term) => term !== '').toSorted();
}

/** Here and not in the database, which lowers only the letters that its locale knows. */
function foldCase(text: string): string {
  return text.toLowerCase().slice(0, LONGEST_TERM).toWellFormed();
}

/** Where a page of found customers ended: the term and the customer. */
export type FoundAfter = readonly [term: string, customerId: string];

/**
 * Finds customers whose id, or any word of whose name, begins with the text, each once, in the order of what
 * was found. `identifier` and Account ids are found when they are equal.
 */
export async function findCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  search: string,
  limit: number,
  after?: FoundAfter,
): Promise<{ customerId: string; term: string }[]> {
  const [term, customerId] = after ?? ['', ''];
  const lowest = foldCase(search);
  const highest = `${lowest}\u{10FFFF}`;
  const { rows } = await sql<{ customerId: string; term: string }>`
    select t.customer_id as "customerId", t.term from customer_term t
    where t.connection_id = ${connectionId} and t.term >= ${lowest} and t.term < ${highest}
      and (t.term, t.customer_id) > (${term}, ${customerId})
      and not exists (
        select from customer_term earlier
        where earlier.connection_id = t.connection_id and earlier.customer_id = t.customer_id
          and earlier.term >= ${lowest} and earlier.term < t.term)
    order by t.term, t.customer_id limit ${limit}`.execute(db);
  if (after !== undefined || rows.length === limit) return rows;
  const { rows: equal } = await sql<{ customerId: string; term: string }>`
    select customer_id as "customerId", '' as term from customer
    where connection_id = ${connectionId} and identifier = ${search}
    union
    select customer_id, '' from account
    where connection_id = ${connectionId} and account_id = ${search} and customer_id is not null
    limit ${limit}`.execute(db);
  const known = new Set(rows.map((row) => row.customerId));
  return [...equal.filter((row) => !known.has(row.customerId)), ...rows].slice(0, limit);
}
