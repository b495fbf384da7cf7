import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Customers that are looked at to learn what values there are: enough to know, few enough to be quick. */
const CUSTOMERS_LOOKED_AT = 20_000;

/** Different values of one kind that are kept; a picklist has fewer. */
const MOST_TEXTS = 200;

/** A custom field that customers of a connection have in Upflow. */
export interface SeenCustomField {
  id: string;
  name: string;
  type: string;
}

const looked = (connectionId: string) => sql`
  select state from customer where connection_id = ${connectionId} and state is not null
  order by customer_id limit ${CUSTOMERS_LOOKED_AT}`;

/** The custom fields of a connection's customers, by name. */
export async function readSeenCustomFields(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<SeenCustomField[]> {
  const { rows } = await sql<SeenCustomField>`
    select f ->> 'id' as id, coalesce(max(f ->> 'name'), f ->> 'id') as name, upper(max(coalesce(f ->> 'type', ''))) as type
    from (${looked(connectionId)}) as c,
      json_array_elements(case json_typeof(state -> 'customFields') when 'array' then state -> 'customFields' end) as f
    group by f ->> 'id' order by 2, 1 limit 500`.execute(db);
  return rows;
}

/** The texts that customers have where a picklist must know them, by `savedPaymentMethod` or the id of a custom field. */
export async function readSeenTexts(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<{ name: string; text: string }[]> {
  const { rows } = await sql<{ name: string; text: string }>`
    select name, text from (
      select name, text, row_number() over (partition by name order by text) as place from (
        select distinct v.name, v.text
        from (${looked(connectionId)}) as c, lateral (
          select 'rating' as name, state ->> 'rating' as text
          union all select 'collectionStatus', initcap(state ->> 'collectionStatus')
          union all select 'savedPaymentMethod', state -> 'savedPaymentMethod' ->> 'type'
          union all select 'savedPaymentStatus', state -> 'savedPaymentMethod' ->> 'lastPaymentStatus'
          union all select 'balanceCurrency', state ->> 'currency'
          union all select 'customField:' || (f ->> 'id'), f ->> 'value' from json_array_elements(
            case json_typeof(state -> 'customFields') when 'array' then state -> 'customFields' end) as f
            where upper(f ->> 'type') = 'SELECT'
        ) as v where v.text <> '') as distinct_texts) as numbered
    where place <= ${MOST_TEXTS} order by 1, 2`.execute(db);
  return rows;
}
