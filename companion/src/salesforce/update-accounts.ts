import type { Connection } from 'jsforce';
import { z } from 'zod';
import { SalesforceCallError } from './call-error.ts';
import type { FieldValues } from './field-value.ts';

/** Rows that one sObject Collections call takes. */
export const MAX_ROWS_PER_CALL = 200;

export interface AccountUpdate {
  accountId: string;
  fields: FieldValues;
}

/** What Salesforce answered for one row. */
export type RowResult = { ok: true } | { ok: false; code: string; message: string; fields: string[] };

const rowSchema = z.object({
  success: z.boolean(),
  errors: z
    .array(z.object({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()).default([]) }))
    .default([]),
});

/**
 * Updates up to 200 Accounts in one API call, each on its own: a refused row leaves the others written.
 *
 * @returns the answers in the order of the updates
 * @throws {SalesforceCallError} `unusable-answer` when the answer is not one row for each update, and what
 *   the call itself throws; then nothing is known about any row
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-sobjects-collections-update.html
 */
export function updateAccounts(
  connection: Connection,
  updates: readonly AccountUpdate[],
): Promise<RowResult[]> {
  return updateRows(connection, updates, { allOrNone: false });
}

/** The same; with `allOrNone` one refused row has all of them rolled back. */
export async function updateRows(
  connection: Connection,
  updates: readonly AccountUpdate[],
  { allOrNone }: { allOrNone: boolean },
): Promise<RowResult[]> {
  const answer: unknown = await connection.requestPatch('/composite/sobjects', {
    allOrNone,
    records: updates.map(({ accountId, fields }) => ({
      attributes: { type: 'Account' },
      id: accountId,
      ...fields,
    })),
  });
  const rows = z.array(rowSchema).length(updates.length).safeParse(answer);
  if (!rows.success) {
    throw new SalesforceCallError('unusable-answer', 'The answer does not hold one result for each Account');
  }
  return rows.data.map(({ success, errors: [error] }) => {
    if (success) return { ok: true };
    return error === undefined
      ? { ok: false, code: 'UNKNOWN_EXCEPTION', message: 'Salesforce gave no reason', fields: [] }
      : { ok: false, code: error.statusCode, message: error.message, fields: error.fields };
  });
}
