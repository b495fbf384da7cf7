import { contactFields } from './contact-fields.ts';
import { customObjectFields, type CustomObject } from './custom-object.ts';
import type { FieldDefinition } from './field-definition.ts';
import type { InstalledPackage } from './install-package.ts';
import { defineObject, type ObjectSchema } from './object-schema.ts';
import { opportunityFields } from './opportunity-fields.ts';
import { ownAccountFields, ownContactFields } from './own-account-fields.ts';
import { ownCustomObjects } from './own-custom-objects.ts';
import { showOnPersonAccount } from './person-account-fields.ts';
import { setupObjects } from './setup-objects.ts';
import { standardAccountFields } from './standard-account-fields.ts';

export type { ObjectSchema } from './object-schema.ts';

/** Objects by lower-case name. */
export type Schema = ReadonlyMap<string, ObjectSchema>;

/** What the org's admin has changed since the org was made: fields added, and fields taken away. */
export interface SchemaChanges {
  added: readonly { object: string; field: FieldDefinition }[];
  /** By `Account.ERP_Code__c`. */
  deleted: ReadonlySet<string>;
}

const nothingChanged: SchemaChanges = { added: [], deleted: new Set() };

/** The org's objects: the standard ones, the admin's own, what the package installs, and what was changed since. */
export function buildSchema(installed: InstalledPackage, changes: SchemaChanges = nothingChanged): Schema {
  const own: Record<string, FieldDefinition[]> = { Account: ownAccountFields, Contact: ownContactFields };
  const customFields = (object: string, given: readonly FieldDefinition[]): FieldDefinition[] => [
    ...given.filter((field) => !changes.deleted.has(`${object}.${field.name}`)),
    ...changes.added.filter((addition) => addition.object === object).map(({ field }) => field),
  ];
  const onStandard = (object: string): FieldDefinition[] =>
    customFields(object, [...(own[object] ?? []), ...(installed.fields.get(object) ?? [])]);
  const contactOwn = onStandard('Contact');
  const objects = [
    defineObject(
      ['Account', 'Account', 'Accounts', '001'],
      [...standardAccountFields, ...onStandard('Account'), ...contactOwn.map(showOnPersonAccount)],
      { isData: true },
    ),
    defineObject(['Contact', 'Contact', 'Contacts', '003'], [...contactFields, ...contactOwn], {
      isData: true,
    }),
    defineObject(
      ['Opportunity', 'Opportunity', 'Opportunities', '006'],
      [...opportunityFields, ...onStandard('Opportunity')],
      { isData: true },
    ),
    ...[...ownCustomObjects, ...installed.objects].map((object, index) =>
      defineCustomObject({ ...object, fields: customFields(object.name, object.fields) }, index),
    ),
    ...setupObjects,
  ];
  const sorted = objects.sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Map(sorted.map((object) => [object.name.toLowerCase(), object]));
}

/** Custom objects have the key prefixes a00, a01 and so on, in the order in which the org got them. */
function defineCustomObject(object: CustomObject, index: number): ObjectSchema {
  const keyPrefix = `a${index.toString(36).padStart(2, '0')}`;
  const names = [object.name, object.label, object.labelPlural, keyPrefix] as const;
  return defineObject(names, customObjectFields(object), { isData: true, custom: true });
}

/** Finds an object that the simulator itself names; a miss is a mistake in this code, not in a request. */
export function mustFindObject(schema: Schema, name: string): ObjectSchema {
  const object = schema.get(name.toLowerCase());
  if (object === undefined) throw new Error(`The simulator has no object ${name}.`);
  return object;
}
