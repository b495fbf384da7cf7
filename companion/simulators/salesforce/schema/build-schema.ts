import type { FieldDefinition } from './field-definition.ts';
import {
  contactFields,
  currencyTypeFields,
  organizationFields,
  userFields,
} from './other-standard-objects.ts';
import { ownAccountFields } from './own-account-fields.ts';
import type { InstalledPackage } from './install-package.ts';
import { standardAccountFields } from './standard-account-fields.ts';

/** An object of the org, before anybody looks at it. */
export interface ObjectSchema {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  /** By lower-case name: field names are case-insensitive on input. */
  fields: ReadonlyMap<string, FieldDefinition>;
  /** Accounts and Contacts are the org's data; the rest is set-up that nobody writes through the API. */
  isData: boolean;
  multiCurrencyOnly: boolean;
}

/** Objects by lower-case name. */
export type Schema = ReadonlyMap<string, ObjectSchema>;

function describeObject(
  [name, label, labelPlural, keyPrefix]: [string, string, string, string],
  standardFields: FieldDefinition[],
  extra: { fields?: readonly FieldDefinition[]; isData?: boolean; multiCurrencyOnly?: boolean } = {},
): ObjectSchema {
  const fields = new Map([...standardFields, ...(extra.fields ?? [])].map((f) => [f.name.toLowerCase(), f]));
  const { isData = false, multiCurrencyOnly = false } = extra;
  return { name, label, labelPlural, keyPrefix, fields, isData, multiCurrencyOnly };
}

/** The org's objects: the standard ones, the admin's own fields, and what the package installs. */
export function buildSchema(installed: InstalledPackage): Schema {
  const packaged = (object: string): readonly FieldDefinition[] => installed.fields.get(object) ?? [];
  const objects = [
    describeObject(['Account', 'Account', 'Accounts', '001'], standardAccountFields, {
      fields: [...ownAccountFields, ...packaged('Account')],
      isData: true,
    }),
    describeObject(['Contact', 'Contact', 'Contacts', '003'], contactFields, {
      fields: packaged('Contact'),
      isData: true,
    }),
    describeObject(['CurrencyType', 'Currency Type', 'Currency Types', '01L'], currencyTypeFields, {
      multiCurrencyOnly: true,
    }),
    describeObject(['Organization', 'Organization', 'Organizations', '00D'], organizationFields),
    describeObject(['User', 'User', 'Users', '005'], userFields),
  ];
  return new Map(objects.map((object) => [object.name.toLowerCase(), object]));
}

/** Finds an object that the simulator itself names; a miss is a mistake in this code, not in a request. */
export function mustFindObject(schema: Schema, name: string): ObjectSchema {
  const object = schema.get(name.toLowerCase());
  if (object === undefined) throw new Error(`The simulator has no object ${name}.`);
  return object;
}
