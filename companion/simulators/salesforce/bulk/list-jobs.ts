import { queryParam, type ApiCall } from '../http/api-call.ts';
import type { Answer } from '../http/send-answer.ts';
import { describeListedJob } from './describe-job.ts';
import { listJobs, type BulkJob } from './job-table.ts';
import { readLocator, writeLocator } from './locators.ts';

/** GET /jobs/ingest: the org's jobs of every type. */
export function listAllJobs(call: ApiCall): Answer {
  return answerList(call, 'ingest', () => true);
}

/** GET /jobs/query: the org's query jobs. */
export function listQueryJobs(call: ApiCall): Answer {
  return answerList(call, 'query', (job) => job.jobType === 'V2Query');
}

function answerList(call: ApiCall, resource: string, belongs: (job: BulkJob) => boolean): Answer {
  const jobType = queryParam(call, 'jobType') ?? '';
  // Only jobs of the first Bulk API can have PK chunking switched on, and there are none here.
  const chunkedOnly = queryParam(call, 'isPkChunkingEnabled') === 'true';
  const jobs = listJobs(call.org).filter(
    (job) => belongs(job) && !chunkedOnly && (jobType === '' || job.jobType === jobType),
  );
  const from = readLocator(queryParam(call, 'queryLocator') ?? '');
  const to = from + call.org.settings.bulkListSize;
  const done = to >= jobs.length;
  const filters = jobType === '' ? '' : `jobType=${encodeURIComponent(jobType)}&`;
  const next = `${call.base}/jobs/${resource}?${filters}queryLocator=${writeLocator(to)}`;
  const records = jobs.slice(from, to).map((job) => describeListedJob(call.org, job));
  return { status: 200, body: { done, nextRecordsUrl: done ? null : next, records } };
}
