import type { ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import { isUnderMaintenance } from '../faults/check-maintenance.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { BulkJob } from './job-table.ts';

/** What a job works with in place of a request: the rights that its owner has now, and the faults that befall it. */
export function openJobCall(org: SimulatedOrg, job: BulkJob): ApiCall {
  const { user } = job;
  const base = `/services/data/v${job.apiVersion}.0`;
  const path = `${base}/jobs/${job.jobType === 'V2Ingest' ? 'ingest' : 'query'}/${job.id}`;
  const faults = org.faults.takeForJob(path, user);
  return {
    org,
    user,
    userId: org.users[user].id,
    access: org.accessOf(user),
    version: job.apiVersion,
    base,
    faults,
    maintenance: isUnderMaintenance(org, faults),
    locks: org.rowLocks.open(org.settings.lockWaitMs),
    firstRow: job.numberRecordsProcessed,
    request: { method: 'POST', path, query: new URLSearchParams(), headers: {}, body: '' },
    params: {},
    dispatch: () => {
      throw ApiError.notFound();
    },
  };
}
