import { z } from 'zod';
import type { ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import { parseJsonBody } from '../http/parse-json-body.ts';
import type { Answer } from '../http/send-answer.ts';
import { parseSoql } from '../soql/parse-soql.ts';
import { resolvePath } from '../soql/resolve-path.ts';
import { runQuery } from '../soql/run-query.ts';
import { csvFormatShape } from './csv-format.ts';
import { describeNewJob } from './describe-job.ts';
import { addJob } from './job-table.ts';
import { readJobRequest } from './read-job-request.ts';
import { readQueryColumns } from './read-query-columns.ts';

const requestShape = z.object({
  operation: z.enum(['query', 'queryAll']),
  query: z.string().default(''),
  contentType: z.literal('CSV').default('CSV'),
  ...csvFormatShape,
});

/** POST /jobs/query. The query is read at once, so what is wrong with it makes no job. */
export function createQueryJob(call: ApiCall): Answer {
  const request = readJobRequest(requestShape, parseJsonBody(call.request));
  const { operation, query, lineEnding, columnDelimiter } = request;
  countQueryJob(call);
  const object = checkQuery(call, query);
  const known = { jobType: 'V2Query', user: call.user, state: 'UploadComplete' } as const;
  const format = { lineEnding, columnDelimiter };
  const job = addJob(call.org, {
    ...known,
    operation,
    object,
    query,
    ...format,
    apiVersion: call.version,
  });
  call.org.jobs.start(job.id);
  return { status: 200, body: describeNewJob(call.org, job) };
}

function countQueryJob({ org }: ApiCall): void {
  const { bulkQueryJobs } = org.usage;
  bulkQueryJobs.count();
  const { dailyBulkV2QueryJobs: limit } = org.settings;
  if (bulkQueryJobs.used <= limit) return;
  const message = `Max bulk v2 query jobs (${limit}) per 24 hrs has been reached (${bulkQueryJobs.used})`;
  throw ApiError.of(400, 'LIMIT_EXCEEDED', message);
}

/** Every error of a query has the same code here, whatever it would be elsewhere. */
function checkQuery(call: ApiCall, text: string): string {
  try {
    const columns = readQueryColumns(text);
    runQuery(call, text, false);
    return checkColumns(call, text, columns);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw ApiError.of(400, 'API_ERROR', error.entries[0]?.message ?? '');
  }
}

function checkColumns(call: ApiCall, text: string, columns: readonly string[]): string {
  const { sObject = '', sObjectAlias: alias } = parseSoql(text);
  const object = call.access.get(sObject.toLowerCase());
  if (object === undefined) throw ApiError.notFound();
  const scope = { query: text, access: call.access, object, alias };
  if (columns.some((column) => resolvePath(scope, column).field.type === 'address')) {
    throw ApiError.of(400, 'API_ERROR', 'Selecting compound data not supported in Bulk Query');
  }
  return object.schema.name;
}
