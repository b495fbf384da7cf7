import { MAX_ROWS_PER_CALL } from '../salesforce/update-accounts.ts';
import type { Backlog } from '../store/claims.ts';

export interface BatchTiming {
  /** A burst of changes is over when none came for this long. */
  quietInMs: number;
  /** While a burst goes on, changes that fill API calls wait no longer than this … */
  maxWaitInMs: number;
  /** … and changes that do not fill one wait no longer than this. */
  partialWaitInMs: number;
}

/** Customers that one batch takes at most: five full API calls. */
export const CUSTOMERS_PER_BATCH = 5 * MAX_ROWS_PER_CALL;

/** When more Accounts than `above` are to be written, a batch takes as many `customers` and goes by a bulk job. */
export interface BulkSize {
  above: number;
  customers: number;
}

/** Wait before looking again, or write this many customers now. */
export type NextBatch = { waitInMs: number } | { customers: number };

/**
 * Decides when to write, and how much, so that a burst of pushes costs few API calls: all of it once it is
 * over, only full calls while it goes on. A change that comes alone is written at once.
 *
 * @returns undefined when there is nothing to write
 */
export function timeBatch(
  { now, due, oldestDirtyAt, newestChangeAt }: Backlog,
  { quietInMs, maxWaitInMs, partialWaitInMs }: BatchTiming,
  bulk?: BulkSize,
): NextBatch | undefined {
  if (due === 0 || oldestDirtyAt === null || newestChangeAt === null) return undefined;
  const most = bulk !== undefined && due > bulk.above ? bulk.customers : CUSTOMERS_PER_BATCH;
  const allAt = Math.min(newestChangeAt.getTime() + quietInMs, oldestDirtyAt.getTime() + partialWaitInMs);
  if (allAt <= now.getTime()) return { customers: most };

  const inFullCalls = Math.min(due - (due % MAX_ROWS_PER_CALL), most);
  const fullAt = oldestDirtyAt.getTime() + maxWaitInMs;
  if (inFullCalls > 0 && fullAt <= now.getTime()) return { customers: inFullCalls };
  return { waitInMs: (inFullCalls > 0 ? Math.min(fullAt, allAt) : allAt) - now.getTime() };
}
