import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { BulkJob } from './job-table.ts';

/** What every answer about a job says. Changes of state are answered with this alone. */
export function describeJobBriefly(org: SimulatedOrg, job: BulkJob): object {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: org.users[job.user].id,
    createdDate: job.createdDate,
    systemModstamp: job.systemModstamp,
    state: job.state,
    ...(job.externalIdFieldName === undefined ? {} : { externalIdFieldName: job.externalIdFieldName }),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: job.apiVersion,
    ...(job.assignmentRuleId === undefined ? {} : { assignmentRuleId: job.assignmentRuleId }),
  };
}

/** A job as its creation is answered. */
export function describeNewJob(org: SimulatedOrg, job: BulkJob): object {
  const { lineEnding, columnDelimiter } = job;
  return { ...describeJobBriefly(org, job), ...describeUploadAddress(job), lineEnding, columnDelimiter };
}

/** A job as lists show it. */
export function describeListedJob(org: SimulatedOrg, job: BulkJob): object {
  const { jobType, lineEnding, columnDelimiter } = job;
  return {
    ...describeJobBriefly(org, job),
    jobType,
    ...describeUploadAddress(job),
    lineEnding,
    columnDelimiter,
  };
}

/** All that there is to know of a job. */
export function describeWholeJob(org: SimulatedOrg, job: BulkJob): object {
  const { numberRecordsProcessed, numberRecordsFailed, activeMs, errorMessage } = job;
  const known = {
    ...describeListedJob(org, job),
    numberRecordsProcessed,
    ...(job.jobType === 'V2Ingest' ? { numberRecordsFailed } : {}),
    retries: 0,
    totalProcessingTime: activeMs,
    ...(errorMessage === undefined ? {} : { errorMessage }),
  };
  if (job.jobType === 'V2Query') return { ...known, isPkChunkingSupported: true };
  return { ...known, apiActiveProcessingTime: activeMs, apexProcessingTime: 0 };
}

/** Where data may be uploaded to, as long as it may. There is no slash before it. */
function describeUploadAddress(job: BulkJob): { contentUrl?: string } {
  if (job.state !== 'Open') return {};
  return { contentUrl: `services/data/v${job.apiVersion}.0/jobs/ingest/${job.id}/batches` };
}
