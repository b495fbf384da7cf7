import type { Backlog } from '../store/customers.ts';

export interface SettleOptions {
  /** A burst of changes is over when none came for this long. */
  quietInMs: number;
  /** No change waits longer than this for the burst to end. */
  maxWaitInMs: number;
}

/**
 * How long to wait before writing, so that a burst of pushes costs few API calls: until it is over, but
 * never long enough for anybody to notice.
 *
 * @returns milliseconds, 0 to write now; undefined when there is nothing to write
 */
export function settleDelay(
  { due, oldestDirtyAt, newestChangeAt }: Backlog,
  { quietInMs, maxWaitInMs }: SettleOptions,
  now: Date,
): number | undefined {
  if (due === 0 || oldestDirtyAt === null || newestChangeAt === null) return undefined;
  const quietAt = newestChangeAt.getTime() + quietInMs;
  const latestAt = oldestDirtyAt.getTime() + maxWaitInMs;
  return Math.max(0, Math.min(quietAt, latestAt) - now.getTime());
}
