import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CustomObject } from './custom-object.ts';
import type { FieldDefinition } from './field-definition.ts';
import { readFieldMetadata } from './read-field-metadata.ts';
import { readObjectMetadata } from './read-object-metadata.ts';
import { readPermissionSet, type PermissionSet } from './read-permission-set.ts';

/** What an install of the package brings into the org. */
export interface InstalledPackage {
  namespace: string;
  /** Where its source is; reports and list views are read from there when they are asked for. */
  directory: string;
  /** Fields that the package adds, by the standard object they are on. */
  fields: ReadonlyMap<string, FieldDefinition[]>;
  objects: readonly CustomObject[];
  permissionSets: ReadonlyMap<string, PermissionSet>;
}

const projectShape = z.object({ namespace: z.string() });

/** The project file is in the package directory or in one of its parents. */
function readNamespace(directory: string): string {
  const file = join(directory, 'sfdx-project.json');
  if (existsSync(file)) return projectShape.parse(JSON.parse(readFileSync(file, 'utf8'))).namespace;
  const parent = join(directory, '..');
  if (parent === directory)
    throw new Error('No sfdx-project.json above the package directory names a namespace.');
  return readNamespace(parent);
}

function listFiles(directory: string, ending: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(directory, file));
}

function readFields(directory: string, namespace: string): FieldDefinition[] {
  return listFiles(join(directory, 'fields'), '.field-meta.xml').map((file) =>
    readFieldMetadata(readFileSync(file, 'utf8'), namespace),
  );
}

/** Installs the package from its source metadata, under its namespace, as an org would show it. */
export function installPackage(directory: string): InstalledPackage {
  const namespace = readNamespace(directory);
  const objectsDirectory = join(directory, 'objects');
  const objects = existsSync(objectsDirectory) ? readdirSync(objectsDirectory).sort() : [];
  const fields = new Map(
    objects.map((object) => [object, readFields(join(objectsDirectory, object), namespace)]),
  );
  const customObjects = objects
    .filter((object) => object.endsWith('__c'))
    .map((object) => {
      const xml = readFileSync(join(objectsDirectory, object, `${object}.object-meta.xml`), 'utf8');
      return readObjectMetadata(xml, `${namespace}__${object}`, fields.get(object) ?? []);
    });
  const sets = listFiles(join(directory, 'permissionsets'), '.permissionset-meta.xml').map((file) =>
    readPermissionSet(readFileSync(file, 'utf8'), file, namespace),
  );
  return {
    namespace,
    directory,
    fields,
    objects: customObjects,
    permissionSets: new Map(sets.map((set) => [set.name, set])),
  };
}
