import { viewAs } from '../access/sharing.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { Viewer } from './column.ts';

/** The org as one of its users sees it now. */
export function openView(org: SimulatedOrg, user: UserName): Viewer {
  return { ...viewAs(org, user), now: org.clock.now() };
}
