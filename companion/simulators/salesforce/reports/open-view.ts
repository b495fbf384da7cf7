import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { Viewer } from './column.ts';

/** The org as one of its users sees it now. */
export function openView(org: SimulatedOrg, user: UserName): Viewer {
  return { org, user, access: org.accessOf(user), userId: org.users[user].id, now: org.clock.now() };
}
