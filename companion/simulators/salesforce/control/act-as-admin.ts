import { viewAs } from '../access/sharing.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { WriteContext } from '../write/write-context.ts';

/** What the control calls change, they change as the org's admin. */
export function actAsAdmin(org: SimulatedOrg): WriteContext {
  return { ...viewAs(org, 'admin'), faults: [], maintenance: false, locks: org.rowLocks.open(0) };
}
