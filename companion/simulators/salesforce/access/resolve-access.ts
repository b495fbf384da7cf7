import type { FieldDefinition } from '../schema/field-definition.ts';
import type { ObjectSchema, Schema } from '../schema/build-schema.ts';
import type { ObjectPermission, PermissionSet } from '../schema/read-permission-set.ts';
import type { Profile } from './profiles.ts';

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

/** Where the rights of one user come from. */
export interface Grants {
  profile: Profile;
  permissionSets: readonly PermissionSet[];
  namespace: string;
  multiCurrency: boolean;
}

/** Works out what one user sees and may write: the profile's rights plus those of each permission set. */
export function resolveAccess(schema: Schema, grants: Grants): Access {
  const visible = new Map<string, VisibleObject>();
  for (const [key, object] of schema) {
    if (object.multiCurrencyOnly && !grants.multiCurrency) continue;
    const permission = resolveObjectPermission(object, grants);
    if (!permission.read) continue;
    visible.set(key, { schema: object, permission, fields: resolveFields(object, permission, grants) });
  }
  return visible;
}

function resolveObjectPermission(object: ObjectSchema, grants: Grants): ObjectPermission {
  if (!object.isData) return { read: true, create: false, edit: false, delete: false };
  const sets = grants.permissionSets.map((set) => set.objects.get(object.name));
  const granted = (right: keyof ObjectPermission): boolean =>
    grants.profile.dataObjects[right] || sets.some((set) => set?.[right]);
  return {
    read: granted('read'),
    create: granted('create'),
    edit: granted('edit'),
    delete: granted('delete'),
  };
}

function resolveFields(
  object: ObjectSchema,
  permission: ObjectPermission,
  grants: Grants,
): Map<string, VisibleField> {
  const fields = new Map<string, VisibleField>();
  const mayWrite = permission.create || permission.edit;
  for (const [key, field] of object.fields) {
    if (field.multiCurrencyOnly && !grants.multiCurrency) continue;
    const security = resolveSecurity(object, field, grants);
    if (!security.readable) continue;
    fields.set(key, { ...field, editable: field.writable && mayWrite && security.editable });
  }
  return fields;
}

function resolveSecurity(object: ObjectSchema, field: FieldDefinition, grants: Grants): FieldSecurity {
  if (!field.permissionable) return { readable: true, editable: true };
  const packaged = field.name.startsWith(`${grants.namespace}__`);
  const sources = grants.permissionSets.map((set) => set.fields.get(`${object.name}.${field.name}`));
  if (!packaged) sources.push(grants.profile.field(field));
  return {
    readable: sources.some((source) => source?.readable),
    editable: sources.some((source) => source?.editable),
  };
}

interface FieldSecurity {
  readable: boolean;
  editable: boolean;
}
