import type { Connection } from 'jsforce';
import { updateRows, type AccountUpdate, type RowResult } from './update-accounts.ts';

/** Rows that one trial takes; one more row is the one that makes it fail. */
export const MAX_ROWS_PER_TRIAL = 199;

/** The id of an Account that no org has: its pod and number are the highest there can be. */
const NOBODY = '001zzzzzzzzzzzzAAA';

/** What Salesforce says of a row that was fine, in a call that failed because of another one. */
const ROLLED_BACK = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

export type TrialResult =
  { kept: true } | { kept: false; ok: true } | ({ kept: false } & Exclude<RowResult, { ok: true }>);

/**
 * Tries updates without keeping them: they are sent all-or-none together with a row that must fail, so that
 * Salesforce runs all of its rules and then rolls everything back. Costs one API call.
 *
 * @returns an answer for each update; `kept` where, against all that is documented, the org kept it
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-sobjects-collections-update.html
 */
export async function tryUpdates(
  connection: Connection,
  updates: readonly AccountUpdate[],
): Promise<TrialResult[]> {
  const doomed: AccountUpdate = { accountId: NOBODY, fields: {} };
  const rows = await updateRows(connection, [...updates, doomed], { allOrNone: true });
  return rows.slice(0, updates.length).map((row) => {
    if (row.ok) return { kept: true };
    return row.code === ROLLED_BACK ? { kept: false, ok: true } : { kept: false, ...row };
  });
}
