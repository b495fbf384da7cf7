import { z } from 'zod';
import { bulkQuery } from '../salesforce/bulk-query.ts';
import type { FieldValue } from '../salesforce/field-value.ts';
import type { SalesforceClient } from '../salesforce/open-client.ts';

/** Accounts that one plain call reads. */
export const ACCOUNTS_PER_CALL = 2000;

/** Up to so many Accounts plain calls are as cheap as a bulk job, and quicker. */
export const MOST_PLAIN_ACCOUNTS = 8000;

/** What Accounts show, in slices: the fields of each that exists, by id. */
export type Shown = ReadonlyMap<string, Record<string, FieldValue>>;

const recordsSchema = z.array(z.looseObject({ Id: z.string() }).nullable());

/**
 * Reads fields of Accounts by their ids, a call for each slice of ids. Accounts that are gone, or that our user may
 * not see, are not in what it yields.
 */
export async function* readPlainly(
  client: SalesforceClient,
  fields: readonly string[],
  slices: AsyncIterable<readonly string[]>,
): AsyncGenerator<{ asked: readonly string[]; shown: Shown }> {
  for await (const ids of slices) {
    const answer = await client.call((calls) =>
      calls.request({
        method: 'POST',
        url: `/services/data/v${calls.version}/composite/sobjects/Account`,
        body: JSON.stringify({ ids, fields: ['Id', ...fields] }),
        headers: { 'content-type': 'application/json' },
      }),
    );
    const records = recordsSchema.parse(answer).filter((record) => record !== null);
    yield {
      asked: ids,
      shown: new Map(records.map((record) => [record.Id, record as Record<string, FieldValue>])),
    };
  }
}

/** Reads fields of all Accounts of the org by a bulk job. */
export async function* readInBulk(
  client: SalesforceClient,
  fields: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Shown> {
  const soql = `SELECT ${['Id', ...fields].join(', ')} FROM Account`;
  for await (const rows of bulkQuery(client, soql, { signal })) {
    yield new Map(
      rows.map(([id = '', ...cells]) => [
        id,
        Object.fromEntries(fields.map((field, index) => [field, cells[index] ?? ''])),
      ]),
    );
  }
}
