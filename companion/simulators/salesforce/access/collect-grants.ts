import { systemPermissionNames, type SystemPermission } from '../schema/permission-fields.ts';
import type { ObjectPermission } from '../schema/read-permission-set.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/** Everything that one user's profile and permission sets allow, taken together. */
export interface Grants {
  system: ReadonlySet<SystemPermission>;
  /** By lower-case object name. */
  objects: ReadonlyMap<string, ObjectPermission>;
  /** By lower-case `account.name`. */
  fields: ReadonlyMap<string, FieldSecurity>;
}

export interface FieldSecurity {
  readable: boolean;
  editable: boolean;
}

/** The tables that grants are read from. */
export const grantTables = [
  'User',
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'FieldPermissions',
] as const;

const noRights: ObjectPermission = {
  read: false,
  create: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};

/** Reads what a user is allowed from the org's own rows, which is what an admin changes through the API. */
export function collectGrants(store: RecordStore, userId: string): Grants {
  const sets = findSets(store, userId);
  const ofSets = (table: string): StoredRecord[] =>
    [...store.rows(table).values()].filter((row) => sets.has(String(row.ParentId)));
  const objects = new Map<string, ObjectPermission>();
  for (const row of ofSets('ObjectPermissions')) {
    const key = String(row.SobjectType).toLowerCase();
    objects.set(key, addRights(objects.get(key) ?? noRights, row));
  }
  const fields = new Map<string, FieldSecurity>();
  for (const row of ofSets('FieldPermissions')) {
    const key = String(row.Field).toLowerCase();
    const known = fields.get(key);
    fields.set(key, {
      readable: known?.readable === true || row.PermissionsRead === true,
      editable: known?.editable === true || row.PermissionsEdit === true,
    });
  }
  const system = systemPermissionNames.filter((name) => [...sets.values()].some((set) => set[name] === true));
  return { system: new Set(system), objects, fields };
}

/** The permission sets of a user: that of the profile, and those assigned. */
function findSets(store: RecordStore, userId: string): Map<string, StoredRecord> {
  const profileId = store.get('User', userId)?.ProfileId;
  const assigned = new Set(
    [...store.rows('PermissionSetAssignment').values()]
      .filter((row) => row.AssigneeId === userId)
      .map((row) => row.PermissionSetId),
  );
  const rows = [...store.rows('PermissionSet')];
  return new Map(
    rows.filter(([id, row]) =>
      row.IsOwnedByProfile === true ? row.ProfileId === profileId : assigned.has(id),
    ),
  );
}

function addRights(known: ObjectPermission, row: StoredRecord): ObjectPermission {
  return {
    read: known.read || row.PermissionsRead === true,
    create: known.create || row.PermissionsCreate === true,
    edit: known.edit || row.PermissionsEdit === true,
    delete: known.delete || row.PermissionsDelete === true,
    viewAll: known.viewAll || row.PermissionsViewAllRecords === true,
    modifyAll: known.modifyAll || row.PermissionsModifyAllRecords === true,
  };
}
