import type { Kysely } from 'kysely';
import { z } from 'zod';
import { readCustomerValues, toText } from '../store/read-values.ts';
import type { Tables } from '../store/tables.ts';

/** A side of the shared identifier that customers of this connection have. */
export interface UpflowSide {
  /** As in the pair: `externalId`, `accountingRef`, `customField:<id>`. */
  key: string;
  label: string;
  type: string;
}

export interface CustomerSample {
  customers: number;
  sides: UpflowSide[];
  /** For each side its values, one a customer; null where it has none. */
  values: Map<string, (string | null)[]>;
}

/** Custom fields that are looked at; more would only make the choice harder. */
const MOST_CUSTOM_FIELDS = 100;

const OWN_SIDES: UpflowSide[] = [
  { key: 'externalId', label: 'External ID', type: 'text' },
  { key: 'accountingRef', label: 'Accounting reference', type: 'text' },
];

const customFieldsSchema = z.array(
  z.looseObject({
    id: z.string(),
    name: z.string().nullish(),
    type: z.string().nullish(),
    value: z.unknown(),
  }),
);

/** Reads what the first customers have on every side of the identifier that they could have. */
export async function sampleCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  most: number,
  signal?: AbortSignal,
): Promise<CustomerSample> {
  const sides = new Map(OWN_SIDES.map((side) => [side.key, side]));
  const values = new Map<string, (string | null)[]>(OWN_SIDES.map(({ key }) => [key, []]));
  let customers = 0;
  const slices = readCustomerValues(db, connectionId, {
    sides: ['externalId', 'accountingRef', 'customFields'],
    signal,
  });
  for await (const slice of slices) {
    for (const { values: found } of slice) {
      values.get('externalId')?.push(toText(found[0]));
      values.get('accountingRef')?.push(toText(found[1]));
      const customFields = customFieldsSchema.safeParse(found[2]).data ?? [];
      // The first of the same id counts, as where a customer's identifier is read.
      for (const { id, name, type, value } of customFields.toReversed()) {
        const key = `customField:${id}`;
        const known = values.get(key);
        const column = known ?? [];
        if (known === undefined) {
          if (sides.size >= MOST_CUSTOM_FIELDS) continue;
          sides.set(key, { key, label: name ?? id, type: `custom field, ${(type ?? 'text').toLowerCase()}` });
          values.set(key, column);
        }
        while (column.length < customers) column.push(null);
        column[customers] = toText(value);
      }
      customers++;
      if (customers >= most) break;
    }
    if (customers >= most) break;
  }
  for (const column of values.values()) while (column.length < customers) column.push(null);
  return { customers, sides: [...sides.values()], values };
}
