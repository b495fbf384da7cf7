import type { SalesforceClient } from '../salesforce/open-client.ts';
import {
  MAX_ROWS_PER_CALL,
  updateAccounts,
  type AccountUpdate,
  type RowResult,
} from '../salesforce/update-accounts.ts';

/** What became of the updates: one result for each Account that was tried, and the error that ended it early. */
export interface WriteReport {
  results: Map<string, RowResult>;
  /** A call that failed as a whole; the Accounts of that call and of the later ones have no result. */
  failure?: unknown;
}

/**
 * Writes Accounts, 200 a call, ordered by id so that two writers never lock them in opposite orders.
 * Each Account may appear once.
 *
 * @param beforeWrite called before each attempt of each call with its updates; false ends the writing there,
 *   with no result for what is left
 */
export async function writeAccounts(
  client: SalesforceClient,
  updates: readonly AccountUpdate[],
  beforeWrite: (updates: readonly AccountUpdate[]) => Promise<boolean>,
): Promise<WriteReport> {
  const ordered = updates.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const results: WriteReport['results'] = new Map();
  for (let start = 0; start < ordered.length; start += MAX_ROWS_PER_CALL) {
    const group = ordered.slice(start, start + MAX_ROWS_PER_CALL);
    try {
      const rows = await client.call(async (connection) =>
        (await beforeWrite(group)) ? updateAccounts(connection, group) : undefined,
      );
      if (rows === undefined) break;
      for (const [index, row] of rows.entries()) results.set(group[index]?.accountId ?? '', row);
    } catch (failure) {
      return { results, failure };
    }
  }
  return { results };
}
