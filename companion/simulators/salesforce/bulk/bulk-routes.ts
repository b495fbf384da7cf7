import type { Routes } from '../http/find-resource.ts';
import {
  changeIngestJob,
  changeQueryJob,
  deleteIngestJob,
  deleteQueryJob,
  showIngestJob,
  showQueryJob,
} from './change-job-state.ts';
import { createIngestJob } from './create-ingest-job.ts';
import { createQueryJob } from './create-query-job.ts';
import { listAllJobs, listQueryJobs } from './list-jobs.ts';
import { showFailedResults, showSuccessfulResults, showUnprocessedRecords } from './show-ingest-results.ts';
import { showQueryResults } from './show-query-results.ts';
import { uploadJobData } from './upload-job-data.ts';

/** The paths of Bulk API 2.0. */
export const bulkRoutes: Routes = {
  '/jobs/ingest': { get: listAllJobs, post: createIngestJob },
  '/jobs/ingest/:id': { get: showIngestJob, patch: changeIngestJob, delete: deleteIngestJob },
  '/jobs/ingest/:id/batches': { put: uploadJobData },
  '/jobs/ingest/:id/successfulResults': { get: showSuccessfulResults },
  '/jobs/ingest/:id/failedResults': { get: showFailedResults },
  '/jobs/ingest/:id/unprocessedrecords': { get: showUnprocessedRecords },
  '/jobs/query': { get: listQueryJobs, post: createQueryJob },
  '/jobs/query/:id': { get: showQueryJob, patch: changeQueryJob, delete: deleteQueryJob },
  '/jobs/query/:id/results': { get: showQueryResults },
};
