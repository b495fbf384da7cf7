import { createHash } from 'node:crypto';
import { insertRecord } from '../org/insert-record.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { ObjectPermission, PermissionSet } from '../schema/read-permission-set.ts';
import type { Changes, StoredRecord } from '../store/stored-record.ts';

/** Which permission sets of the package the org has, by name, each with a digest of what it allows. */
export const installedSetTable = '_installed_permission_set';

/**
 * Brings the package's permission sets into the org. One that the package has changed since is brought up to date; what
 * an admin has changed in the others outlives a restart.
 */
export function installPermissionSets(org: SimulatedOrg): void {
  for (const set of org.installed.permissionSets.values()) {
    const digest = digestOf(set);
    if (org.store.get(installedSetTable, set.name)?.digest === digest) continue;
    org.store.put(installedSetTable, set.name, { digest });
    const id = findSetId(org, set.name) ?? createSet(org, set);
    const { store } = org;
    const known = (table: string, key: string): Map<unknown, [string, StoredRecord]> =>
      new Map(
        [...store.rows(table)]
          .filter(([, row]) => row.ParentId === id)
          .map(([rowId, row]) => [row[key], [rowId, row]]),
      );
    const objects = known('ObjectPermissions', 'SobjectType');
    for (const [object, rights] of set.objects) {
      keep(org, 'ObjectPermissions', objects.get(object), {
        ParentId: id,
        SobjectType: object,
        ...describeRights(rights),
      });
    }
    const fields = known('FieldPermissions', 'Field');
    for (const [field, { readable, editable }] of set.fields) {
      keep(org, 'FieldPermissions', fields.get(field), {
        ParentId: id,
        SobjectType: field.split('.')[0] ?? '',
        Field: field,
        PermissionsRead: readable,
        PermissionsEdit: editable,
      });
    }
  }
}

function digestOf({ objects, fields, ...rest }: PermissionSet): string {
  const text = JSON.stringify([rest, [...objects], [...fields]]);
  return createHash('sha256').update(text).digest('hex');
}

/** Rights on an object as a row of ObjectPermissions has them. */
export function describeRights(rights: ObjectPermission): Changes {
  return {
    PermissionsRead: rights.read,
    PermissionsCreate: rights.create,
    PermissionsEdit: rights.edit,
    PermissionsDelete: rights.delete,
    PermissionsViewAllRecords: rights.viewAll,
    PermissionsModifyAllRecords: rights.modifyAll,
  };
}

/** The id of a permission set that is no profile's, by its name with or without the package's namespace. */
export function findSetId(org: SimulatedOrg, name: string): string | undefined {
  const plain = name.replace(`${org.installed.namespace}__`, '');
  const found = [...org.store.rows('PermissionSet')].find(
    ([, row]) => row.IsOwnedByProfile !== true && row.Name === plain,
  );
  return found?.[0];
}

function createSet(org: SimulatedOrg, set: PermissionSet): string {
  const system = set.userPermissions.map((name) => [`Permissions${name}`, true] as const);
  const values = {
    Name: set.name,
    Label: set.label,
    Description: set.description,
    NamespacePrefix: org.installed.namespace,
    ...Object.fromEntries(system),
  };
  return insertRecord(org, 'PermissionSet', values, { userId: org.users.admin.id });
}

function keep(
  org: SimulatedOrg,
  table: string,
  known: [string, StoredRecord] | undefined,
  values: Changes,
): void {
  if (known === undefined) insertRecord(org, table, values, { userId: org.users.admin.id });
  else if (Object.entries(values).some(([key, value]) => known[1][key] !== value)) {
    org.store.put(table, known[0], values);
  }
}
