import type { Viewer } from '../access/sharing.ts';
import type { ArmedFault } from '../faults/fault-list.ts';
import type { LockRequest } from './row-locks.ts';

/** How the rules of the org are to run; what the client says nothing of is left out. */
export interface SaveOptions {
  /** What is to happen where a duplicate rule finds something. All are false by default. */
  duplicateRule?: { allowSave: boolean; includeRecordDetails: boolean; runAsCurrentUser: boolean };
  /** Whether assignment rules run; they do by default. */
  autoAssign?: boolean;
}

/** On whose behalf records are written, and what is to befall the rows. */
export interface WriteContext extends Viewer, SaveOptions {
  /** The faults that were asked for and that befall this request or job. */
  faults: readonly ArmedFault[];
  /** Where records are found, `/services/data/v66.0`, if a request to the data API is what writes. */
  base?: string;
  /** The org is read-only: every row fails. */
  maintenance: boolean;
  /** Where the first of the rows stands among all those of a job, whose rows are written in portions. */
  firstRow?: number;
  /** The rows that this request or job holds until it is done. */
  locks: LockRequest;
}
