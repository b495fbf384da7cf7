import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { AccountField } from '../salesforce/describe-account.ts';
import {
  abortJob,
  closeJob,
  deleteJob,
  isOver,
  openUpdateJob,
  readJob,
  readResults,
  readUnprocessed,
  uploadRows,
  type IngestJob,
} from '../salesforce/bulk-ingest.ts';
import { mayPass, isRefusal } from '../salesforce/judge-call-error.ts';
import type { SalesforceClient } from '../salesforce/open-client.ts';
import type { AccountUpdate } from '../salesforce/update-accounts.ts';
import { writeUpload, type Upload } from '../salesforce/write-csv.ts';
import { deleteBulkJob, insertBulkJob, leaveBulkJob, saveBulkProgress } from '../store/bulk-jobs.ts';
import type { Lease } from '../store/claims.ts';
import type { Tables } from '../store/tables.ts';
import { writeAccounts, type BeforeWrite, type WriteReport } from './6-write.ts';

const FIRST_PAUSE_IN_MS = 250;
const LONGEST_PAUSE_IN_MS = 10_000;

/** A job that takes longer is left to {@link settleLeftJobs}; the job engine gives a batch an hour. */
const JOB_DEADLINE_IN_MS = 30 * 60_000;

/** Calls in a row that may fail on the way before a job is left. */
const TRIES = 8;

export interface JobContext {
  db: Kysely<Tables>;
  connectionId: string;
  client: SalesforceClient;
  lease: Lease;
  fields: ReadonlyMap<string, AccountField>;
  /** The process stops: the job is left as it is. */
  signal: AbortSignal;
}

/** What became of a batch that was to go by a job. */
export interface JobReport extends WriteReport {
  /** A job that is over and whose answers are in the report: delete it once they are kept. */
  jobId?: string;
  /** Why Salesforce did not take the rows by a job, so that they went by collections. */
  refusal?: string;
}

/**
 * Writes Accounts by one job of Bulk API 2.0, for batches that collections would need many calls for. What CSV cannot
 * say, and what the job was refused or left undone, goes by collections.
 *
 * From the moment in which the job is closed Salesforce writes its rows whatever becomes of us, so before that the job
 * is noted, together with that nobody knows what its Accounts hold. Whoever exports the connection next finds the note
 * and writes nothing before that job is over: see {@link settleLeftJobs}. Because a closed job cannot be told to stop
 * at once — its present batch goes on — it is never aborted but waited for, also where the run that it belongs to is
 * paused or cancelled.
 *
 * The rows are saved as by collections, with two differences that an org may show. Salesforce cuts a job into batches
 * by itself, and those into groups of 200 rows for triggers and flows as collections are; but batches run beside each
 * other, so automation that touches records shared by several Accounts meets more locks: such rows are refused with
 * UNABLE_TO_LOCK_ROW and tried again. And a duplicate rule that alerts without blocking stops a row of collections,
 * unless a header allows it, while Bulk API 2.0 knows no such header: rows are stopped by either.
 *
 * @param beforeWrite as in {@link writeAccounts}
 */
export async function writeByJob(
  context: JobContext,
  updates: readonly AccountUpdate[],
  beforeWrite: BeforeWrite,
): Promise<JobReport> {
  const { upload, unfit } = writeUpload(updates, context.fields);
  if (upload.updates.length === 0) return writeAccounts(context.client, unfit, beforeWrite);
  const report = await runJob(context, upload, beforeWrite);
  const { results, failure } = report;
  if (failure !== undefined || report.isLeft) return report;
  const others = await writeAccounts(context.client, [...unfit, ...report.undone], beforeWrite);
  return { ...report, failure: others.failure, results: new Map([...results, ...others.results]) };
}

interface JobRun extends JobReport {
  /** Rows that the job will never write. */
  undone: AccountUpdate[];
  /** Nothing more may be written with this batch. */
  isLeft: boolean;
}

async function runJob(context: JobContext, upload: Upload, beforeWrite: BeforeWrite): Promise<JobRun> {
  const { db, connectionId, client, lease } = context;
  const left = (failure?: unknown): JobRun => ({ results: new Map(), undone: [], isLeft: true, failure });
  const refused = (error: unknown): JobRun => ({
    results: new Map(),
    undone: upload.updates,
    isLeft: false,
    refusal: (error as Error).message,
  });

  let jobId: string;
  try {
    ({ id: jobId } = await client.call(openUpdateJob));
  } catch (error) {
    return isRefusal(error) ? refused(error) : left(error);
  }
  try {
    const records = upload.updates.length;
    const isOurs = await beforeWrite(upload.updates, (trx) =>
      insertBulkJob(trx, connectionId, lease, { jobId, records }),
    );
    if (isOurs) await client.call((calls) => uploadRows(calls, jobId, upload.csv));
    // The upload may have taken long, and closing the job is what cannot be taken back.
    if (!isOurs || !(await beforeWrite([]))) {
      await discardOpenJob(context, jobId);
      return left();
    }
    const job = await closeAndWait(context, jobId, () => beforeWrite([]));
    if (job === undefined) {
      await leaveBulkJob(db, connectionId, jobId);
      return left();
    }
    return { ...(await readAnswers(context, job, upload)), jobId, isLeft: false };
  } catch (error) {
    if (isRefusal(error) && (await discardOpenJob(context, jobId))) return refused(error);
    await leaveBulkJob(db, connectionId, jobId);
    return left(error);
  }
}

/** @returns the job once it is over; undefined when it is not ours to wait for any more */
async function closeAndWait(
  { db, connectionId, client, signal }: JobContext,
  jobId: string,
  isStillOurs: () => Promise<boolean>,
): Promise<IngestJob | undefined> {
  const deadline = Date.now() + JOB_DEADLINE_IN_MS;
  let job: IngestJob | undefined;
  let triesLeft = TRIES;
  let closings = 0;
  for (let pause = FIRST_PAUSE_IN_MS; ; pause = Math.min(pause * 1.6, LONGEST_PAUSE_IN_MS)) {
    const isOpen = job === undefined || job.state === 'Open';
    if (isOpen && closings > 0 && !(await isStillOurs())) return undefined;
    try {
      if (isOpen && closings < TRIES) {
        closings += 1;
        job = { id: jobId, state: 'Open', numberRecordsProcessed: 0 };
        job = await client.call((calls) => closeJob(calls, jobId));
      } else job = await client.call((calls) => readJob(calls, jobId));
      triesLeft = TRIES;
    } catch (error) {
      // An answer that was lost may have closed the job all the same.
      if (isRefusal(error) && closings > 1 && isOpen)
        job = await client.call((calls) => readJob(calls, jobId));
      else if (!mayPass(error) || --triesLeft === 0) throw error;
    }
    if (job !== undefined && isOver(job)) return job;
    await saveBulkProgress(db, connectionId, jobId, job?.numberRecordsProcessed ?? 0);
    if (Date.now() > deadline) return undefined;
    await delay(pause, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return undefined;
  }
}

/** Reads what became of each row of a job that is over. */
async function readAnswers(
  { client, signal }: JobContext,
  job: IngestJob,
  { updates }: Upload,
): Promise<Omit<JobRun, 'isLeft'>> {
  const ask = <Answer>(read: (calls: Parameters<typeof readJob>[0]) => Promise<Answer>) =>
    tryAgain(() => client.call(read), signal);
  const written = await ask((calls) => readResults(calls, job.id, 'successfulResults'));
  const refused =
    written.size < updates.length ? await ask((calls) => readResults(calls, job.id, 'failedResults')) : [];
  const results: WriteReport['results'] = new Map([...written, ...refused]);
  const undone =
    results.size < updates.length ? await ask((calls) => readUnprocessed(calls, job.id)) : new Set<string>();
  return {
    results,
    // What is in none of the three is not known: it gets no result, and is written once more.
    undone: updates.filter(({ accountId }) => undone.has(accountId)),
    ...(job.state === 'JobComplete'
      ? {}
      : { refusal: `${job.state}: ${job.errorMessage ?? 'no reason given'}` }),
  };
}

async function tryAgain<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let triesLeft = TRIES / 2, pause = FIRST_PAUSE_IN_MS; ; triesLeft--, pause *= 2) {
    try {
      return await ask();
    } catch (error) {
      if (!mayPass(error) || triesLeft === 0 || signal.aborted) throw error;
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * Gets rid of a job that was not closed.
 *
 * @returns false when it may have been closed after all
 */
async function discardOpenJob({ db, connectionId, client }: JobContext, jobId: string): Promise<boolean> {
  try {
    const { state } = await client.call((calls) => readJob(calls, jobId));
    if (state !== 'Open') return false;
    await client.call((calls) => abortJob(calls, jobId));
    await client.call((calls) => deleteJob(calls, jobId));
  } catch {
    return false;
  }
  await deleteBulkJob(db, connectionId, jobId);
  return true;
}

/** Forgets a job whose answers are kept. Salesforce forgets it by itself after a week, so that may fail. */
export async function endJob({ db, connectionId, client }: JobContext, jobId: string): Promise<void> {
  await client.call((calls) => deleteJob(calls, jobId)).catch(() => undefined);
  await deleteBulkJob(db, connectionId, jobId);
}
