import type { Kysely } from 'kysely';
import { abortJob, deleteJob, isOver, readJob } from '../salesforce/bulk-ingest.ts';
import type { SalesforceClient } from '../salesforce/open-client.ts';
import { deleteBulkJob, listBulkJobs } from '../store/bulk-jobs.ts';
import type { Tables } from '../store/tables.ts';

/** Seconds after which a job that does not end is aborted, and its connection goes on. */
const PATIENCE_IN_SECONDS = 60 * 60;

const SHORTEST_WAIT_IN_SECONDS = 1;
const LONGEST_WAIT_IN_SECONDS = 30;

/**
 * Sees to bulk jobs that a process left behind. While one of them may still write, nobody else may: it could put an old
 * figure over a new one. Its answers are not read: the fields that it writes are known as unknown, so that they are
 * planned and written anew.
 *
 * @returns when to look again; undefined once there is none
 * @throws what the calls throw
 */
export async function settleLeftJobs(
  db: Kysely<Tables>,
  connectionId: string,
  client: SalesforceClient,
): Promise<Date | undefined> {
  for (const { jobId, isAttended, ageInSeconds } of await listBulkJobs(db, connectionId)) {
    const wait = Math.min(Math.max(ageInSeconds / 4, SHORTEST_WAIT_IN_SECONDS), LONGEST_WAIT_IN_SECONDS);
    const later = new Date(Date.now() + wait * 1000);
    if (isAttended) return later;
    const isSettled = await settle(client, jobId, ageInSeconds > PATIENCE_IN_SECONDS);
    if (!isSettled) return later;
    await deleteBulkJob(db, connectionId, jobId);
  }
  return undefined;
}

async function settle(client: SalesforceClient, jobId: string, isTooOld: boolean): Promise<boolean> {
  try {
    const job = await client.call((calls) => readJob(calls, jobId));
    if (!isOver(job)) {
      // An open job writes nothing. Whoever was to close it may still live, and must not any more.
      if (job.state !== 'Open' && !isTooOld) return false;
      await client.call((calls) => abortJob(calls, jobId));
    }
    await client.call((calls) => deleteJob(calls, jobId));
    return true;
  } catch (error) {
    if (isUnknown(error)) return true;
    throw error;
  }
}

/** Salesforce forgets jobs after a week, and somebody may have deleted it. */
function isUnknown(error: unknown): boolean {
  const { errorCode } = error as { errorCode?: unknown };
  return errorCode === 'NOT_FOUND' || errorCode === 'INVALIDJOB' || errorCode === 'ERROR_HTTP_404';
}
