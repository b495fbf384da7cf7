import { viewAs } from '../access/sharing.ts';
import { isUnderMaintenance } from '../faults/check-maintenance.ts';
import type { Caller } from '../http/api-call.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { BulkJob } from './job-table.ts';

/** What a job works with: the rights that its owner has now, and the faults that befall it. */
export function openJobCall(org: SimulatedOrg, job: BulkJob): Caller {
  const { user } = job;
  const base = `/services/data/v${job.apiVersion}.0`;
  const path = `${base}/jobs/${job.jobType === 'V2Ingest' ? 'ingest' : 'query'}/${job.id}`;
  const faults = org.faults.takeForJob(path, user);
  return {
    ...viewAs(org, user),
    version: job.apiVersion,
    base,
    faults,
    maintenance: isUnderMaintenance(org, faults),
    locks: org.rowLocks.open(org.settings.lockWaitMs),
    firstRow: job.numberRecordsProcessed,
  };
}
