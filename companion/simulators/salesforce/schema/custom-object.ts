import { auditFields, currencyField, identityFields, recordTypeField } from './common-fields.ts';
import { currencyCodes } from './currency-rates.ts';
import { defineField, defineLookup, type FieldDefinition } from './field-definition.ts';

/** What makes one custom object different from another. */
export interface CustomObject {
  /** With the namespace, where it comes with the package. */
  name: string;
  label: string;
  labelPlural: string;
  /** The object's own name field: a text to fill in, or a number that the platform counts up. */
  nameField: { label: string; displayFormat: string | null };
  /** False for the detail of a master, whose owner is the master's. */
  hasOwner: boolean;
  fields: readonly FieldDefinition[];
}

/** The fields of a custom object: those that all have, and its own. */
export function customObjectFields(object: CustomObject): FieldDefinition[] {
  const owner = defineLookup('OwnerId', 'Owner ID', 'User', {
    nillable: false,
    permissionable: false,
    referenceTo: ['Group', 'User'],
  });
  return [
    ...identityFields('Record'),
    ...(object.hasOwner ? [owner] : []),
    defineNameField(object),
    recordTypeField(),
    currencyField(currencyCodes),
    ...auditFields(),
    ...object.fields,
  ];
}

function defineNameField({ nameField }: CustomObject): FieldDefinition {
  const { label, displayFormat } = nameField;
  return defineField('Name', label, 'string', {
    length: 80,
    nameField: true,
    idLookup: true,
    permissionable: false,
    nillable: displayFormat === null,
    writable: displayFormat === null,
    displayFormat,
    defaultedOnCreate: true,
  });
}
