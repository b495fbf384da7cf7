import { queryParam, type ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import type { Answer } from '../http/send-answer.ts';
import { resolveFormat, writeCells } from './csv-format.ts';
import { readPortion, type BulkJob } from './job-table.ts';
import { readLocator, writeLocator } from './locators.ts';
import { readQueryColumns } from './read-query-columns.ts';
import { invalidState, requireJob } from './require-job.ts';
import { ROWS_A_PORTION } from './run-query-job.ts';

/** GET /jobs/query/<id>/results?maxRecords=…&locator=… Every page begins with the names of the columns. */
export function showQueryResults(call: ApiCall): Answer {
  const job = requireJob(call, 'V2Query');
  if (job.state !== 'JobComplete') {
    throw invalidState(`InvalidJobState : Results are not available while the job is in state ${job.state}`);
  }
  if (job.apiVersion !== call.version) {
    const message = `The job was created in version ${job.apiVersion}.0; its results must be read in the same version`;
    throw ApiError.of(409, 'API_ERROR', message);
  }
  const { delimiter, lineEnd } = resolveFormat(job);
  const total = job.numberRecordsProcessed;
  const from = Math.min(readLocator(queryParam(call, 'locator') ?? ''), total);
  const to = Math.min(from + choosePageSize(call), total);
  const lines = [writeCells(readQueryColumns(job.query ?? ''), delimiter), ...readLines(call, job, from, to)];
  const headers = {
    'Content-Type': 'text/csv',
    'Sforce-NumberOfRecords': String(to - from),
    'Sforce-Locator': to < total ? writeLocator(to) : 'null',
  };
  return { status: 200, headers, body: lines.map((line) => line + lineEnd).join('') };
}

function choosePageSize(call: ApiCall): number {
  const asked = Number(queryParam(call, 'maxRecords') ?? Infinity);
  if (!(asked >= 1)) throw ApiError.of(400, 'INVALID_QUERY_FILTER_OPERATOR', 'maxRecords must be positive');
  return Math.min(Math.floor(asked), call.org.settings.bulkResultRows);
}

function readLines(call: ApiCall, job: BulkJob, from: number, to: number): string[] {
  const first = Math.floor(from / ROWS_A_PORTION);
  const lines: string[] = [];
  for (let portion = first; portion * ROWS_A_PORTION < to; portion += 1) {
    lines.push(...(JSON.parse(String(readPortion(call.org, job, portion).lines)) as string[]));
  }
  return lines.slice(from - first * ROWS_A_PORTION, to - first * ROWS_A_PORTION);
}
