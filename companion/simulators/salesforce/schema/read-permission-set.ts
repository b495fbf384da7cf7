import { basename } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

/** What may be done with the records of an object. */
export interface ObjectPermission {
  read: boolean;
  create: boolean;
  edit: boolean;
  delete: boolean;
  /** Every record can be read, or changed, whoever it is shared with. */
  viewAll: boolean;
  modifyAll: boolean;
}

/** A permission set of the package. */
export interface PermissionSet {
  /** Without the namespace, as in the file's name. */
  name: string;
  label: string;
  description: string | null;
  /** Names of the system permissions: `ApiEnabled`. */
  userPermissions: readonly string[];
  objects: ReadonlyMap<string, ObjectPermission>;
  /** By `Object.Field`, with the namespace on packaged fields. */
  fields: ReadonlyMap<string, { readable: boolean; editable: boolean }>;
}

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => ['fieldPermissions', 'objectPermissions', 'userPermissions'].includes(name),
});
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const shape = z.object({
  PermissionSet: z.object({
    label: z.string(),
    description: z.string().optional(),
    userPermissions: z.array(z.object({ name: z.string(), enabled: flag })).default([]),
    fieldPermissions: z.array(z.object({ field: z.string(), readable: flag, editable: flag })).default([]),
    objectPermissions: z
      .array(
        z.object({
          object: z.string(),
          allowRead: flag,
          allowCreate: flag,
          allowEdit: flag,
          allowDelete: flag,
          viewAllRecords: flag.default(false),
          modifyAllRecords: flag.default(false),
        }),
      )
      .default([]),
  }),
});

/** In an org what the package brings carries the namespace; what is standard does not. */
function qualify(name: string, namespace: string): string {
  return name.endsWith('__c') ? `${namespace}__${name}` : name;
}

function qualifyField(field: string, namespace: string): string {
  return field
    .split('.')
    .map((name) => qualify(name, namespace))
    .join('.');
}

/** Reads one permission set of the package. */
export function readPermissionSet(xml: string, file: string, namespace: string): PermissionSet {
  const set = shape.parse(parser.parse(xml)).PermissionSet;
  return {
    name: basename(file).replace('.permissionset-meta.xml', ''),
    label: set.label,
    description: set.description ?? null,
    userPermissions: set.userPermissions.flatMap(({ name, enabled }) => (enabled ? [name] : [])),
    objects: new Map(
      set.objectPermissions.map((permission) => [
        qualify(permission.object, namespace),
        {
          read: permission.allowRead,
          create: permission.allowCreate,
          edit: permission.allowEdit,
          delete: permission.allowDelete,
          viewAll: permission.viewAllRecords,
          modifyAll: permission.modifyAllRecords,
        },
      ]),
    ),
    fields: new Map(
      set.fieldPermissions.map(({ field, readable, editable }) => [
        qualifyField(field, namespace),
        { readable, editable },
      ]),
    ),
  };
}
