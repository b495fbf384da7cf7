import type { Connection } from 'jsforce';
import { z } from 'zod';
import { toLongId } from './account-id.ts';
import { SalesforceCallError } from './call-error.ts';
import { openCsv, readCsv, readRefusal, transportOf } from './read-csv-answer.ts';
import { readRowError } from './read-row-error.ts';
import type { RowResult } from './update-accounts.ts';

/** An upload of the largest size over a slow line. */
const UPLOAD_DEADLINE_IN_MS = 10 * 60_000;

const jobSchema = z.looseObject({
  id: z.string().min(15),
  state: z.enum(['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
  numberRecordsProcessed: z.number().default(0),
  errorMessage: z.string().nullish(),
});

/** An ingest job as Salesforce shows it. */
export type IngestJob = z.infer<typeof jobSchema>;

/** Whether nothing more comes of a job. `JobComplete` only says that every row was tried. */
export function isOver({ state }: IngestJob): boolean {
  return state === 'JobComplete' || state === 'Failed' || state === 'Aborted';
}

/**
 * Opens a job of Bulk API 2.0 that updates Accounts. Nothing is written before it is closed. The calls on jobs throw
 * what the call throws, and Salesforce's own errors with their `errorCode`.
 *
 * @see https://developer.salesforce.com/docs/platform/api-asynch/guide/create-job.html
 */
export async function openUpdateJob(calls: Connection): Promise<IngestJob> {
  const body = {
    operation: 'update',
    object: 'Account',
    contentType: 'CSV',
    lineEnding: 'LF',
    columnDelimiter: 'COMMA',
  };
  return readJobAnswer(await sendJson(calls, 'POST', addressOf(calls), body));
}

/** Uploads the rows of an open job, at once: Salesforce takes one upload a job. */
export async function uploadRows(calls: Connection, jobId: string, csv: string): Promise<void> {
  const url = `${calls.instanceUrl}${addressOf(calls, jobId)}/batches`;
  const headers = {
    authorization: `Bearer ${calls.accessToken ?? ''}`,
    'content-type': 'text/csv; charset=UTF-8',
  };
  const answer = await transportOf(calls).send(
    { method: 'PUT', url, headers, body: csv },
    UPLOAD_DEADLINE_IN_MS,
  );
  if (answer.statusCode !== 201) throw readRefusal(answer.statusCode, answer.body);
}

/** Says that all is uploaded: from here on Salesforce writes the rows, whatever becomes of us. */
export async function closeJob(calls: Connection, jobId: string): Promise<IngestJob> {
  return readJobAnswer(await sendJson(calls, 'PATCH', addressOf(calls, jobId), { state: 'UploadComplete' }));
}

export async function abortJob(calls: Connection, jobId: string): Promise<void> {
  await sendJson(calls, 'PATCH', addressOf(calls, jobId), { state: 'Aborted' });
}

export async function readJob(calls: Connection, jobId: string): Promise<IngestJob> {
  return readJobAnswer(await calls.request(addressOf(calls, jobId)));
}

/** Deletes a job that is over, with its results. */
export async function deleteJob(calls: Connection, jobId: string): Promise<void> {
  await calls.request({ method: 'DELETE', url: addressOf(calls, jobId) });
}

/** The Accounts that a job wrote, by id; those that it refused, with why. In any order. */
export async function readResults(
  calls: Connection,
  jobId: string,
  kind: 'successfulResults' | 'failedResults',
): Promise<Map<string, RowResult>> {
  const results = new Map<string, RowResult>();
  const answer = await openCsv(calls, `${addressOf(calls, jobId)}/${kind}`);
  for await (const rows of readCsv(answer.body)) {
    // `sf__Id`, then `sf__Created` or `sf__Error`, then the columns as they were uploaded, the first of them `Id`.
    for (const [id, second = '', uploadedId = ''] of rows) {
      const accountId = toLongId(id || uploadedId);
      if (accountId === '') throw new SalesforceCallError('unusable-answer', `A row of ${kind} has no id`);
      results.set(accountId, kind === 'successfulResults' ? { ok: true } : readRowError(second));
    }
  }
  return results;
}

/** The ids of the Accounts that a job never came to. */
export async function readUnprocessed(calls: Connection, jobId: string): Promise<Set<string>> {
  const ids = new Set<string>();
  const answer = await openCsv(calls, `${addressOf(calls, jobId)}/unprocessedrecords`);
  for await (const rows of readCsv(answer.body)) {
    for (const [id = ''] of rows) ids.add(toLongId(id));
  }
  return ids;
}

function addressOf({ version }: Connection, jobId?: string): string {
  return `/services/data/v${version}/jobs/ingest${jobId === undefined ? '' : `/${jobId}`}`;
}

function sendJson(calls: Connection, method: 'POST' | 'PATCH', url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return calls.request({ method, url, body: JSON.stringify(body), headers });
}

function readJobAnswer(answer: unknown): IngestJob {
  const job = jobSchema.safeParse(answer);
  if (job.success) return job.data;
  throw new SalesforceCallError('unusable-answer', 'Salesforce did not describe the bulk job');
}
