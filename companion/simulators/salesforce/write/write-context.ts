import type { Access } from '../access/resolve-access.ts';
import type { ArmedFault } from '../faults/fault-list.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { LockRequest } from './row-locks.ts';

/** On whose behalf records are written, and what is to befall the rows. */
export interface WriteContext {
  org: SimulatedOrg;
  user: UserName;
  userId: string;
  access: Access;
  /** The faults that were asked for and that befall this request or job. */
  faults: readonly ArmedFault[];
  /** The org is read-only: every row fails. */
  maintenance: boolean;
  /** Where the first of the rows stands among all those of a job, whose rows are written in portions. */
  firstRow?: number;
  /** The rows that this request or job holds until it is done. */
  locks: LockRequest;
}
