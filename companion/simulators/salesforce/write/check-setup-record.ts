import type { RowError } from '../http/api-error.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { systemPermissionNames } from '../schema/permission-fields.ts';
import type { Changes } from '../store/stored-record.ts';
import { rowError } from './row-errors.ts';

/** A record of the set-up as it would be saved: what it has already, and what changes. */
interface SetupRecord {
  org: SimulatedOrg;
  id: string | null;
  values: Changes;
}

type Check = (record: SetupRecord) => RowError[];

/** The rules of the objects that hold permissions. Other objects have none here. */
export function checkSetupRecord(
  org: SimulatedOrg,
  object: string,
  id: string | null,
  changes: Changes,
): RowError[] {
  const values = { ...(id === null ? {} : org.store.get(object, id)), ...changes };
  return checks[object]?.({ org, id, values }) ?? [];
}

const checks: Record<string, Check> = {
  FieldPermissions: (record) => [
    ...checkTarget(record),
    ...checkAnyRight(record, ['PermissionsRead', 'PermissionsEdit']),
    ...checkDependency(record, 'PermissionsEdit', 'PermissionsRead', record.values.Field),
    ...checkTaken(record, 'FieldPermissions', ['ParentId', 'Field']),
  ],
  ObjectPermissions: (record) => [
    ...checkObject(record),
    ...checkAnyRight(record, Object.keys(objectDependencies)),
    ...Object.entries(objectDependencies).flatMap(([right, needed]) =>
      needed.flatMap((other) => checkDependency(record, right, other, record.values.SobjectType)),
    ),
    ...checkTaken(record, 'ObjectPermissions', ['ParentId', 'SobjectType']),
  ],
  PermissionSetAssignment: (record) =>
    checkTaken(record, 'PermissionSetAssignment', ['PermissionSetId', 'AssigneeId']),
  PermissionSet: (record) => checkName(record),
};

const objectDependencies: Record<string, string[]> = {
  PermissionsRead: [],
  PermissionsCreate: ['PermissionsRead'],
  PermissionsEdit: ['PermissionsRead'],
  PermissionsDelete: ['PermissionsRead', 'PermissionsEdit'],
  PermissionsViewAllRecords: ['PermissionsRead'],
  PermissionsModifyAllRecords: [
    'PermissionsRead',
    'PermissionsEdit',
    'PermissionsDelete',
    'PermissionsViewAllRecords',
  ],
};

function checkObject({ org, values }: SetupRecord): RowError[] {
  const name = String(values.SobjectType);
  if (org.schema.get(name.toLowerCase())?.isData === true) return [];
  return [
    rowError(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `Sobject Type Name: bad value for restricted picklist field: ${name}`,
      ['SobjectType'],
    ),
  ];
}

/** Fields that everybody sees have no field-level security, and so cannot be named. */
function checkTarget(record: SetupRecord): RowError[] {
  const errors = checkObject(record);
  if (errors.length > 0) return errors;
  const { org, values } = record;
  const object = org.schema.get(String(values.SobjectType).toLowerCase());
  const [prefix = '', name = ''] = String(values.Field).split('.');
  const field = object?.fields.get(name.toLowerCase());
  if (prefix.toLowerCase() === object?.name.toLowerCase() && field?.permissionable === true) return [];
  return [
    rowError(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `Field Name: bad value for restricted picklist field: ${String(values.Field)}`,
      ['Field'],
    ),
  ];
}

/** A row that allows nothing cannot be: it is deleted instead. */
function checkAnyRight({ values }: SetupRecord, rights: string[]): RowError[] {
  if (rights.some((right) => values[right] === true)) return [];
  return [
    rowError(
      'FIELD_INTEGRITY_EXCEPTION',
      'You must grant at least one permission; delete the record to grant none',
    ),
  ];
}

function checkDependency(
  { values }: SetupRecord,
  right: string,
  needed: string,
  target: Changes[string] | undefined,
): RowError[] {
  if (values[right] !== true || values[needed] === true) return [];
  const nameRight = (name: string): string => name.replace('Permissions', '').replace(/Records$/, '');
  const message = `Permission ${nameRight(right)} ${String(target)} depends on permission(s): ${nameRight(needed)} ${String(target)}`;
  return [rowError('FIELD_INTEGRITY_EXCEPTION', message)];
}

function checkTaken({ org, id, values }: SetupRecord, table: string, keys: string[]): RowError[] {
  const same = [...org.store.rows(table)].find(
    ([other, row]) => other !== id && keys.every((key) => String(row[key]) === String(values[key])),
  );
  if (same === undefined) return [];
  const message = `duplicate value found: ${keys.join(', ')} duplicates value on record with id: ${same[0].slice(0, 15)}`;
  return [rowError('DUPLICATE_VALUE', message)];
}

function checkName({ org, id, values }: SetupRecord): RowError[] {
  const set = id === null ? undefined : org.store.get('PermissionSet', id);
  if (set?.IsOwnedByProfile === true && !systemPermissionNames.some((name) => values[name] !== set[name])) {
    return [
      rowError(
        'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
        'A permission set owned by a profile cannot be changed here',
      ),
    ];
  }
  const name = String(values.Name);
  if (!/^[A-Za-z]\w*$/.test(name)) {
    const message =
      'The Permission Set Name can only contain underscores and alphanumeric characters. It must be unique, begin with a ' +
      'letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.';
    return [rowError('INVALID_API_NAME', message, ['Name'])];
  }
  const same = [...org.store.rows('PermissionSet')].find(([other, row]) => other !== id && row.Name === name);
  if (same === undefined) return [];
  return [
    rowError('DUPLICATE_DEVELOPER_NAME', `The permission set name ${name} is already in use`, ['Name']),
  ];
}
