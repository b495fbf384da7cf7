import { basename } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

/** What may be done with the records of an object. */
export interface ObjectPermission {
  read: boolean;
  create: boolean;
  edit: boolean;
  delete: boolean;
}

/** A permission set of the package. */
export interface PermissionSet {
  /** Without the namespace, as in the file's name. */
  name: string;
  objects: ReadonlyMap<string, ObjectPermission>;
  /** By `Object.Field`, with the namespace on packaged fields. */
  fields: ReadonlyMap<string, { readable: boolean; editable: boolean }>;
}

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => name === 'fieldPermissions' || name === 'objectPermissions',
});
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const shape = z.object({
  PermissionSet: z.object({
    fieldPermissions: z.array(z.object({ field: z.string(), readable: flag, editable: flag })).default([]),
    objectPermissions: z
      .array(
        z.object({
          object: z.string(),
          allowRead: flag,
          allowCreate: flag,
          allowEdit: flag,
          allowDelete: flag,
        }),
      )
      .default([]),
  }),
});

/** In an org a packaged custom field carries the namespace; a standard one does not. */
function qualifyField(field: string, namespace: string): string {
  const [object = '', name = ''] = field.split('.');
  return name.endsWith('__c') ? `${object}.${namespace}__${name}` : field;
}

/** Reads one permission set of the package. */
export function readPermissionSet(xml: string, file: string, namespace: string): PermissionSet {
  const set = shape.parse(parser.parse(xml)).PermissionSet;
  return {
    name: basename(file).replace('.permissionset-meta.xml', ''),
    objects: new Map(
      set.objectPermissions.map((permission) => [
        permission.object,
        {
          read: permission.allowRead,
          create: permission.allowCreate,
          edit: permission.allowEdit,
          delete: permission.allowDelete,
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
