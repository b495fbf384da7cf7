import { insertRecord } from '../org/insert-record.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { findSetId } from './install-permission-sets.ts';

/** Gives a user exactly these permission sets: assigns those that are missing, and ends the other assignments. */
export function assignPermissionSets(org: SimulatedOrg, user: UserName, names: readonly string[]): void {
  const { store, users } = org;
  const wanted = new Set(names.flatMap((name) => findSetId(org, name) ?? []));
  const ofProfiles = new Set(
    [...store.rows('PermissionSet')].filter(([, row]) => row.IsOwnedByProfile === true).map(([id]) => id),
  );
  for (const [id, row] of store.rows('PermissionSetAssignment')) {
    const setId = String(row.PermissionSetId);
    if (row.AssigneeId !== users[user].id || ofProfiles.has(setId)) continue;
    if (!wanted.delete(setId)) store.remove('PermissionSetAssignment', id);
  }
  for (const setId of wanted) {
    insertRecord(
      org,
      'PermissionSetAssignment',
      { PermissionSetId: setId, AssigneeId: users[user].id },
      { userId: users.admin.id },
    );
  }
}

/** Gives a user the permission set that a profile owns, in place of that of the former profile. */
export function assignProfileSet(org: SimulatedOrg, userId: string, profileId: string): void {
  const { store } = org;
  for (const [id, row] of store.rows('PermissionSetAssignment')) {
    const set = store.get('PermissionSet', String(row.PermissionSetId));
    if (row.AssigneeId === userId && set?.IsOwnedByProfile === true)
      store.remove('PermissionSetAssignment', id);
  }
  for (const [setId, set] of store.rows('PermissionSet')) {
    if (set.ProfileId !== profileId) continue;
    const values = { PermissionSetId: setId, AssigneeId: userId };
    insertRecord(org, 'PermissionSetAssignment', values, { userId: org.users.admin.id });
  }
}

/** The names of the permission sets that each user has besides that of the profile, by whatever way. */
export function listAssignments(org: SimulatedOrg): Record<UserName, string[]> {
  const namesOf = (user: UserName): string[] =>
    [...org.store.rows('PermissionSetAssignment').values()]
      .filter((row) => row.AssigneeId === org.users[user].id)
      .map((row) => org.store.get('PermissionSet', String(row.PermissionSetId)))
      .flatMap((set) => (set === undefined || set.IsOwnedByProfile === true ? [] : String(set.Name)));
  return { integration: namesOf('integration'), admin: namesOf('admin'), rep: namesOf('rep') };
}

/** The names of the permission sets that can be assigned. */
export function listPermissionSets(org: SimulatedOrg): string[] {
  return [...org.store.rows('PermissionSet').values()]
    .filter((row) => row.IsOwnedByProfile !== true)
    .map((row) => String(row.Name));
}
