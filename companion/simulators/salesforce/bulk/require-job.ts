import { param, type ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import { findJob, type BulkJob } from './job-table.ts';

/** The job that the path names. */
export function requireJob(call: ApiCall, jobType: BulkJob['jobType']): BulkJob {
  const id = normalizeId(param(call, 'id'));
  const job = id === null ? null : findJob(call.org, id);
  if (job?.jobType !== jobType) throw ApiError.notFound();
  return job;
}

/** The job that the path names, for a change to it: only who made it, or an admin, may change it. */
export function requireOwnJob(call: ApiCall, jobType: BulkJob['jobType']): BulkJob {
  const job = requireJob(call, jobType);
  if (job.user === call.user || call.user === 'admin') return job;
  throw ApiError.of(400, 'INVALIDUSER', 'InvalidUser : The job was created by a different user');
}

/** The job is not in a state in which this can be done. */
export function invalidState(message: string): ApiError {
  return ApiError.of(400, 'INVALIDJOBSTATE', message);
}
