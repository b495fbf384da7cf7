import type { ObjectSchema, Schema } from '../schema/build-schema.ts';
import { isAvailable, type OrgFeatures } from '../schema/features.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import type { SystemPermission } from '../schema/permission-fields.ts';
import type { ObjectPermission } from '../schema/read-permission-set.ts';
import type { FieldSecurity, Grants } from './collect-grants.ts';

/** A field as one user sees it. */
export interface VisibleField extends FieldDefinition {
  /** Whether this user may write it. */
  editable: boolean;
}

/** An object as one user sees it: fields without field-level security are simply not there. */
export interface VisibleObject {
  schema: ObjectSchema;
  permission: ObjectPermission;
  /** By lower-case name. */
  fields: ReadonlyMap<string, VisibleField>;
}

/** Objects by lower-case name; those the user may not read are not there. */
export type Access = ReadonlyMap<string, VisibleObject>;

/** Works out what one user sees and may write: the rights of the profile and of each permission set together. */
export function resolveAccess(schema: Schema, grants: Grants, features: OrgFeatures): Access {
  const visible = new Map<string, VisibleObject>();
  for (const [key, object] of schema) {
    if (!isAvailable(object.onlyWith, object.name, features)) continue;
    const permission = object.isData ? dataRights(object, grants) : setupRights(object, grants);
    if (!permission.read) continue;
    const fields = resolveFields(object, permission, grants, features);
    visible.set(key, { schema: object, permission, fields });
  }
  return visible;
}

function dataRights(object: ObjectSchema, grants: Grants): ObjectPermission {
  const given = grants.objects.get(object.name.toLowerCase());
  const modifyAll = grants.system.has('PermissionsModifyAllData') || given?.modifyAll === true;
  const viewAll = modifyAll || grants.system.has('PermissionsViewAllData') || given?.viewAll === true;
  return {
    read: viewAll || given?.read === true,
    create: given?.create === true,
    edit: modifyAll || given?.edit === true,
    delete: modifyAll || given?.delete === true,
    viewAll,
    modifyAll,
  };
}

function setupRights({ setup }: ObjectSchema, { system }: Grants): ObjectPermission {
  const may = (permission: SystemPermission | undefined): boolean =>
    permission !== undefined && system.has(permission);
  const read = setup.read === null || system.has(setup.read);
  return {
    read,
    create: read && may(setup.create),
    edit: read && may(setup.edit),
    delete: read && may(setup.delete),
    viewAll: read,
    modifyAll: false,
  };
}

function resolveFields(
  object: ObjectSchema,
  permission: ObjectPermission,
  grants: Grants,
  features: OrgFeatures,
): Map<string, VisibleField> {
  const fields = new Map<string, VisibleField>();
  const mayWrite = permission.create || permission.edit;
  for (const [key, field] of object.fields) {
    if (!isAvailable(field.onlyWith, object.name, features)) continue;
    const security = resolveSecurity(object, field, grants);
    if (!security.readable) continue;
    const editable = field.writable && mayWrite && security.editable;
    const adapted = features.personAccounts ? field.withPersonAccounts : null;
    fields.set(key, { ...field, ...adapted, editable });
  }
  return fields;
}

const unsecured: FieldSecurity = { readable: true, editable: true };
const hidden: FieldSecurity = { readable: false, editable: false };

/** Without field-level security a field is hidden from everybody, from who made it as well. */
function resolveSecurity(object: ObjectSchema, field: FieldDefinition, grants: Grants): FieldSecurity {
  if (!field.permissionable) return unsecured;
  // A person's custom field is that of the Contact, and so is its security.
  const owner = field.name.endsWith('__pc') ? 'contact' : object.name.toLowerCase();
  const name = field.name.toLowerCase().replace(/__pc$/, '__c');
  return grants.fields.get(`${owner}.${name}`) ?? hidden;
}
