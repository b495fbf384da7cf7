import { z } from 'zod';
import { bulkQuery, type Rows } from './bulk-query.ts';
import type { SalesforceClient } from './open-client.ts';

/** What a plain query answers in one page, at most. */
const ROWS_OF_A_PLAIN_QUERY = 2000;

const pageSchema = z.looseObject({
  totalSize: z.number(),
  done: z.boolean(),
  records: z.array(z.record(z.string(), z.unknown())),
});

/**
 * Reads fields of everything that a query finds, in the cheapest way: one plain call where a page holds it all,
 * a bulk job where it does not.
 *
 * @param from what stands after SELECT and the fields, such as `FROM Account`
 * @throws what the calls throw
 */
export async function* readRows(
  client: SalesforceClient,
  fields: readonly string[],
  from: string,
  { signal, onTotal }: { signal?: AbortSignal | undefined; onTotal?: (rows: number) => void } = {},
): AsyncGenerator<Rows> {
  const soql = `SELECT ${fields.join(', ')} ${from}`;
  const page = pageSchema.parse(await client.call(async (calls) => calls.query(soql)));
  onTotal?.(page.totalSize);
  if (page.done && page.totalSize <= ROWS_OF_A_PLAIN_QUERY) {
    yield page.records.map((record) => fields.map((field) => toCell(record[field])));
    return;
  }
  yield* bulkQuery(client, soql, signal === undefined ? {} : { signal });
}

/** A value as a query job writes it. */
export function toCell(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
