import type { ApiCall } from '../http/api-call.ts';
import type { Answer } from '../http/send-answer.ts';
import { resolveFormat, writeCells } from './csv-format.ts';
import { isOver, readPortion, readUpload, type BulkJob } from './job-table.ts';
import { splitRows } from './read-csv.ts';
import { invalidState, requireJob } from './require-job.ts';

/** GET /jobs/ingest/<id>/successfulResults */
export function showSuccessfulResults(call: ApiCall): Answer {
  return answerResults(call, 'succeeded', ['sf__Id', 'sf__Created']);
}

/** GET /jobs/ingest/<id>/failedResults */
export function showFailedResults(call: ApiCall): Answer {
  return answerResults(call, 'failed', ['sf__Id', 'sf__Error']);
}

/** GET /jobs/ingest/<id>/unprocessedrecords: the rows that the job never came to, as they were uploaded. */
export function showUnprocessedRecords(call: ApiCall): Answer {
  const job = requireOverJob(call);
  const [head, ...rows] = splitRows(readUpload(call.org, job.id) ?? '', job);
  const lines = head === undefined ? [] : [head, ...rows.slice(job.numberRecordsProcessed)];
  return answerCsv(lines.map((row) => row.text + resolveFormat(job).lineEnd).join(''));
}

function answerResults(call: ApiCall, kind: 'succeeded' | 'failed', columns: string[]): Answer {
  const job = requireOverJob(call);
  const { delimiter, lineEnd } = resolveFormat(job);
  const [head] = splitRows(readUpload(call.org, job.id) ?? '', job, 1);
  const first = [writeCells(columns, delimiter), ...(head === undefined ? [] : [head.text])].join(delimiter);
  const portions = Array.from({ length: job.portions }, (_, portion) =>
    String(readPortion(call.org, job, portion)[kind] ?? ''),
  );
  return answerCsv(first + lineEnd + portions.join(''));
}

function requireOverJob(call: ApiCall): BulkJob {
  const job = requireJob(call, 'V2Ingest');
  if (isOver(job)) return job;
  throw invalidState(`InvalidJobState : Results are not available while the job is in state ${job.state}`);
}

function answerCsv(body: string): Answer {
  return { status: 200, headers: { 'Content-Type': 'text/csv' }, body };
}
