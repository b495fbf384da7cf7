import { assignProfileSet } from '../access/assign-permission-sets.ts';
import type { RowError } from '../http/api-error.ts';
import { userNames } from '../org/sample-users.ts';
import type { Draft } from './draft.ts';

/** What follows from a change of a user: another profile's permission set, and the end of the sessions of who left. */
export function followUserChange({ context: { org }, object, id, before }: Draft): RowError[] {
  if (object.schema.name !== 'User' || id === null) return [];
  const user = org.store.get('User', id) ?? {};
  if (user.IsActive === false) {
    const name = userNames.find((candidate) => org.users[candidate].id === id);
    org.sessions.endSessions((grant) => grant.user === name);
  }
  if (user.ProfileId !== before?.ProfileId) assignProfileSet(org, id, String(user.ProfileId));
  return [];
}
