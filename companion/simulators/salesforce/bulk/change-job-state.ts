import type { ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import { parseJsonBody } from '../http/parse-json-body.ts';
import type { Answer } from '../http/send-answer.ts';
import { describeJobBriefly, describeWholeJob } from './describe-job.ts';
import { changeJob, isOver, removeJob, type BulkJob } from './job-table.ts';
import { invalidState, requireJob, requireOwnJob } from './require-job.ts';

/** GET /jobs/ingest/<id> */
export function showIngestJob(call: ApiCall): Answer {
  return { status: 200, body: describeWholeJob(call.org, requireJob(call, 'V2Ingest')) };
}

/** GET /jobs/query/<id> */
export function showQueryJob(call: ApiCall): Answer {
  return { status: 200, body: describeWholeJob(call.org, requireJob(call, 'V2Query')) };
}

/** PATCH /jobs/ingest/<id>: the upload is complete, or the job is not wanted any more. */
export function changeIngestJob(call: ApiCall): Answer {
  const job = requireOwnJob(call, 'V2Ingest');
  const { state } = parseJsonBody(call.request);
  if (state === 'Aborted') return abort(call, job);
  if (state !== 'UploadComplete') throw invalidTarget(state);
  if (job.state !== 'Open') throw invalidState(`Closing already ${nameState(job)} Job not allowed`);
  const closed = changeJob(call.org, job.id, { state });
  call.org.jobs.start(job.id);
  return { status: 200, body: describeJobBriefly(call.org, closed) };
}

/** PATCH /jobs/query/<id>: all that can be done to a query job is to abort it. */
export function changeQueryJob(call: ApiCall): Answer {
  const job = requireOwnJob(call, 'V2Query');
  const { state } = parseJsonBody(call.request);
  if (state !== 'Aborted') throw invalidTarget(state);
  return abort(call, job);
}

/** DELETE /jobs/ingest/<id>: only a job that is not running can be deleted. */
export function deleteIngestJob(call: ApiCall): Answer {
  return remove(call, requireOwnJob(call, 'V2Ingest'));
}

/** DELETE /jobs/query/<id> */
export function deleteQueryJob(call: ApiCall): Answer {
  return remove(call, requireOwnJob(call, 'V2Query'));
}

function abort(call: ApiCall, job: BulkJob): Answer {
  if (isOver(job)) throw invalidState(`Aborting already ${nameState(job)} Job not allowed`);
  const aborted = changeJob(call.org, job.id, { state: 'Aborted' });
  return { status: 200, body: describeJobBriefly(call.org, aborted) };
}

function remove(call: ApiCall, job: BulkJob): Answer {
  if (!isOver(job)) {
    const message = 'Error encountered when deleting the job because the job is not terminated';
    throw ApiError.of(400, 'API_ERROR', message);
  }
  removeJob(call.org, job.id);
  return { status: 204 };
}

function nameState({ state }: BulkJob): string {
  return state === 'JobComplete' ? 'Completed' : state;
}

function invalidTarget(state: unknown): ApiError {
  return invalidState(`InvalidJobState : Invalid job state specified: ${String(state)}`);
}
