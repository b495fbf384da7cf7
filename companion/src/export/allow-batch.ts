import type { Kysely } from 'kysely';
import type { CallBudget, Capped } from '../connect/call-budget.ts';
import { explainCallError } from '../salesforce/explain-error.ts';
import { SalesforceCallError } from '../salesforce/call-error.ts';
import { MAX_ROWS_PER_CALL } from '../salesforce/update-accounts.ts';
import type { Priority } from '../store/claims.ts';
import { holdUntil } from '../store/connections.ts';
import type { Tables } from '../store/tables.ts';

/** A share of the cap below which the budget counts as short, whatever waits. */
const SHORT_SHARE = 0.1;

/** Calls of a bulk job that takes long, so that it is begun only where it can be ended. */
const CALLS_PER_JOB = 30;

const MINUTE_IN_MS = 60_000;

/** How many customers the budget of API calls allows to be written now, and which first; or when it allows more. */
export type Allowance = { customers: number; priority: Priority } | { until: Date };

/**
 * Looks whether the budget allows a batch; where it does not, the connection is held and says until when.
 *
 * @param due customers that wait to be written
 * @param inOneJob customers that one bulk job writes
 */
export async function allowBatch(
  { db, budget }: { db: Kysely<Tables>; budget: CallBudget },
  connection: Capped,
  due: number,
  inOneJob = 0,
): Promise<Allowance> {
  const { cap, left, moreAt } = await budget.read(connection);
  if (left > 0) {
    const customers = Math.max(left * MAX_ROWS_PER_CALL, left >= CALLS_PER_JOB ? inOneJob : 0);
    return { customers, priority: choosePriority({ cap, left }, due) };
  }
  const until = moreAt ?? new Date(Date.now() + MINUTE_IN_MS);
  const { reason } = explainCallError(
    new SalesforceCallError(
      'budget-spent',
      `All of the ${cap ?? 0} API calls in 24 hours are used. It goes on at ${until.toISOString()}.`,
    ),
  );
  await holdUntil(db, connection.id, { until, reason });
  return { until };
}

/** The largest overdue changes go first once not all that waits can be written, or little is left of the day's calls. */
export function choosePriority({ cap, left }: { cap: number | null; left: number }, due: number): Priority {
  const isShort = cap !== null && (left < cap * SHORT_SHARE || left * MAX_ROWS_PER_CALL < due);
  return isShort ? 'largest overdue' : 'oldest';
}
