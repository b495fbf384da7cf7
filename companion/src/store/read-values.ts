import { sql, type Kysely, type RawBuilder } from 'kysely';
import pg from 'pg';
import type { Customer } from '../upflow/push-schema.ts';
import { paceSlices } from './pace-slices.ts';
import type { Tables } from './tables.ts';

/** What is read of a customer. */
export interface CustomerValues {
  customerId: string;
  /** The push that its state came with. */
  pushId: string;
  name: string;
  /** The Account that carries its figures. */
  carriedBy: string | null;
  values: unknown[];
}

export interface ReadValuesOptions {
  /** Sides of the shared identifier; `identifier` is the stored one of the pair in force, `customFields` all of them. */
  sides: readonly string[];
  withName?: boolean;
  withAccount?: boolean;
  signal?: AbortSignal | undefined;
}

interface SliceRow {
  id: string;
  pushId: string;
  name: string | null;
  carriedBy: string | null;
  values: unknown[] | null;
}

/** Reads all live customers of a connection in slices, in the order of their ids. */
export async function* readCustomerValues(
  db: Kysely<Tables>,
  connectionId: string,
  options: ReadValuesOptions,
): AsyncGenerator<CustomerValues[]> {
  const pace = paceSlices();
  let after = '';
  for (;;) {
    options.signal?.throwIfAborted();
    const limit = pace.rows;
    const slice = await pace.measure(() => readSlice(db, connectionId, options, after, limit));
    if (slice.length > 0) yield slice;
    after = slice.at(-1)?.customerId ?? after;
    if (slice.length < limit) return;
  }
}

async function readSlice(
  db: Kysely<Tables>,
  connectionId: string,
  options: ReadValuesOptions,
  after: string,
  limit: number,
): Promise<CustomerValues[]> {
  const from = sql`
    from customer c
    ${options.withAccount === true ? sql`left join account a on a.connection_id = c.connection_id and a.customer_id = c.customer_id` : sql``}
    where c.connection_id = ${connectionId} and c.customer_id > ${after} and c.state is not null
    order by c.customer_id limit ${limit}`;
  const carriedBy = options.withAccount === true ? sql`a.account_id` : sql`null`;
  try {
    const { rows } = await sql<SliceRow>`
      select c.customer_id as id, c.push_id as "pushId", ${options.withName === true ? sql`c.state ->> 'name'` : sql`null`} as name,
        ${carriedBy} as "carriedBy",
        json_build_array(${sql.join(options.sides.map(selectValue))}) as values ${from}`.execute(db);
    return rows.map(({ id, pushId, name, carriedBy: accountId, values }) => ({
      customerId: id,
      pushId,
      name: name ?? '',
      carriedBy: accountId,
      values: values ?? [],
    }));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code?.startsWith('22') !== true) throw error;
    // A text that the database cannot take apart, somewhere in a value that nobody asked for: JavaScript can.
    const { rows } = await sql<SliceRow & { state: Customer; identifier: string | null }>`
      select c.customer_id as id, c.push_id as "pushId", c.state, c.identifier, ${carriedBy} as "carriedBy" ${from}`.execute(
      db,
    );
    return rows.map(({ id, pushId, state, identifier, carriedBy: accountId }) => ({
      customerId: id,
      pushId,
      name: (state.name ?? '').replaceAll('\0', ''),
      carriedBy: accountId,
      values: options.sides.map((side) => (side === 'identifier' ? identifier : pickValue(state, side))),
    }));
  }
}

const CUSTOM_FIELD = 'customField:';

function selectValue(side: string): RawBuilder<unknown> {
  if (side === 'identifier') return sql`c.identifier`;
  if (!side.startsWith(CUSTOM_FIELD)) return sql`c.state -> ${side}::text`;
  const fields = sql`case json_typeof(c.state -> 'customFields') when 'array' then c.state -> 'customFields' else '[]' end`;
  return sql`(select f -> 'value' from json_array_elements(${fields}) f
    where f ->> 'id' = ${side.slice(CUSTOM_FIELD.length)} limit 1)`;
}

/** A customer's value on a side of the shared identifier, as it stands there. */
export function pickValue(customer: Customer, side: string): unknown {
  if (side === 'externalId') return customer.externalId;
  if (side === 'accountingRef') return customer.accountingRef;
  if (side === 'customFields') return customer.customFields;
  const fieldId = side.slice(CUSTOM_FIELD.length);
  return customer.customFields?.find(({ id }) => id === fieldId)?.value;
}

/** The text of a value that can name a customer; null for anything else. */
export function toText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
