import type { Kysely } from 'kysely';
import { attendBulkJob } from '../store/bulk-jobs.ts';
import { renewLease, type Lease } from '../store/claims.ts';
import type { Tables } from '../store/tables.ts';

/**
 * Renews a lease until it is told to stop, for work that takes longer than one call. A process that was frozen for
 * longer than its lease does not get it back.
 *
 * @returns what stops it, and waits for a renewal that is under way
 */
export function keepLease(
  db: Kysely<Tables>,
  connectionId: string,
  lease: Lease,
  customerIds: string[],
): () => Promise<void> {
  let renewing: Promise<unknown> = Promise.resolve();
  const timer = setInterval(
    () => {
      renewing = renewing
        .then(async () => {
          if (!(await renewLease(db, connectionId, lease, customerIds))) return;
          await attendBulkJob(db, connectionId, lease);
        })
        // The next renewal may succeed; if none does, the lease ends.
        .catch(() => undefined);
    },
    (lease.seconds * 1000) / 3,
  );
  timer.unref();
  return async () => {
    clearInterval(timer);
    await renewing;
  };
}
