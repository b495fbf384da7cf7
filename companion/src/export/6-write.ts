import type { Kysely } from 'kysely';
import type { SalesforceClient } from '../salesforce/open-client.ts';
import {
  MAX_ROWS_PER_CALL,
  updateAccounts,
  type AccountUpdate,
  type RowResult,
} from '../salesforce/update-accounts.ts';
import type { Tables } from '../store/tables.ts';

/** What became of the updates: one result for each Account that was tried, and the error that ended it early. */
export interface WriteReport {
  results: Map<string, RowResult>;
  /** A call that failed as a whole; the Accounts of that call and of the later ones have no result. */
  failure?: unknown;
}

/**
 * Called before Accounts are written, with the updates: from then on nobody knows what these fields hold. `also` is
 * done in the same transaction. False ends the writing there.
 */
export type BeforeWrite = (
  updates: readonly AccountUpdate[],
  also?: (trx: Kysely<Tables>) => Promise<void>,
) => Promise<boolean>;

/**
 * Codes by which Salesforce refuses a whole call for what stands in one row of it. Such a call is split until
 * the row is alone, so that it does not hold up the others.
 */
const MADE_BY_ONE_ROW = new Set(['JSON_PARSER_ERROR', 'MALFORMED_ID']);

/**
 * Writes Accounts by collections, 200 a call, ordered by id so that two writers never lock them in opposite orders.
 * Each Account may appear once. Batches of thousands go by {@link writeByJob}.
 *
 * @param beforeWrite called before each attempt of each call with its updates; false ends the writing there,
 *   with no result for what is left
 */
export async function writeAccounts(
  client: SalesforceClient,
  updates: readonly AccountUpdate[],
  beforeWrite: BeforeWrite,
): Promise<WriteReport> {
  const ordered = updates.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const waiting = groupsOf(MAX_ROWS_PER_CALL, ordered);
  const results: WriteReport['results'] = new Map();
  for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
    const updatesOfCall = group;
    try {
      const rows = await client.call(async (connection) =>
        (await beforeWrite(updatesOfCall)) ? updateAccounts(connection, updatesOfCall) : undefined,
      );
      if (rows === undefined) break;
      for (const [index, row] of rows.entries()) results.set(group[index]?.accountId ?? '', row);
    } catch (failure) {
      const [code, message] = describeFailure(failure);
      if (!MADE_BY_ONE_ROW.has(code)) return { results, failure };
      const [only, ...others] = group;
      if (others.length > 0) waiting.unshift(...groupsOf(Math.ceil(group.length / 2), group));
      else if (only !== undefined) results.set(only.accountId, { ok: false, code, message, fields: [] });
    }
  }
  return { results };
}

function groupsOf<Value>(size: number, values: readonly Value[]): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

function describeFailure(failure: unknown): [code: string, message: string] {
  const { errorCode, message } = failure as { errorCode?: unknown; message?: unknown };
  return [typeof errorCode === 'string' ? errorCode : '', typeof message === 'string' ? message : ''];
}
