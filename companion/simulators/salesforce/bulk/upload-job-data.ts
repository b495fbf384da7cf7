import type { ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import type { Answer } from '../http/send-answer.ts';
import { keepUpload, readUpload } from './job-table.ts';
import { invalidState, requireOwnJob } from './require-job.ts';

/** PUT /jobs/ingest/<id>/batches, once for each job. */
export function uploadJobData(call: ApiCall): Answer {
  const job = requireOwnJob(call, 'V2Ingest');
  if (job.state !== 'Open') throw invalidState(`Uploading data to a job in state ${job.state} not allowed`);
  if (readUpload(call.org, job.id) !== null) {
    throw invalidState(
      `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job ` +
        "then create a new Job and make sure you only do 'PUT' once on a given Job.",
    );
  }
  const { body } = call.request;
  const encoded = Math.ceil(Buffer.byteLength(body) / 3) * 4;
  const { bulkUploadBytes } = call.org.settings;
  if (encoded > bulkUploadBytes) {
    throw ApiError.of(413, 'REQUEST_ENTITY_TOO_LARGE', `Exceeded max size limit of ${bulkUploadBytes}`);
  }
  keepUpload(call.org, job.id, body);
  return { status: 201 };
}
