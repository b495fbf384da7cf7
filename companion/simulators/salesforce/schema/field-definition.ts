import type { Feature } from './features.ts';

/** The field types that the simulated objects use; the names are those of describe. */
export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
  | 'encryptedstring'
  | 'url'
  | 'phone'
  | 'email'
  | 'currency'
  | 'percent'
  | 'double'
  | 'int'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'address'
  | 'complexvalue';

export interface PicklistEntry {
  value: string;
  label: string;
  isDefault: boolean;
  /** False for a value that an admin has taken away: records keep it, and nobody can choose it. */
  isActive: boolean;
}

/** What the simulator knows of one field; everything else that describe shows follows from it. */
export interface FieldDefinition {
  name: string;
  label: string;
  type: FieldType;
  length: number;
  /** Three, except in a few fields of old. */
  bytesPerCharacter: 1 | 3;
  precision: number;
  scale: number;
  nillable: boolean;
  /** False for what only the platform writes. Whether a user may write it is a question of access. */
  writable: boolean;
  /** Given once, when the record is created. */
  createOnly: boolean;
  /** Field-level security applies; required and system fields have none and follow the object. */
  permissionable: boolean;
  custom: boolean;
  externalId: boolean;
  unique: boolean;
  caseSensitive: boolean;
  idLookup: boolean;
  /** Kept in an index, so that looking a value up costs the same in a large org. */
  indexed: boolean;
  nameField: boolean;
  /** The feature without which the org does not have the field. */
  onlyWith: Feature | null;
  /** What is different about the field in an org with person accounts. */
  withPersonAccounts: Partial<FieldDefinition> | null;
  referenceTo: readonly string[];
  relationshipName: string | null;
  /** What the parent calls its records that have it here; null for a lookup that the parent does not know of. */
  childRelationshipName: string | null;
  /** What the parent's deletion does to the record. */
  onParentDeletion: 'clear' | 'cascade' | 'restrict';
  /** Master-detail: 0 for the first, 1 for the second; null for every other field. */
  relationshipOrder: number | null;
  picklist: readonly PicklistEntry[];
  restrictedPicklist: boolean;
  helpText: string | null;
  compoundFieldName: string | null;
  /** A finer kind of text: `plaintextarea`, `richtextarea`, `personname` and the like. */
  extraTypeInfo: string | null;
  /** The formula of a calculated field. */
  formula: string | null;
  /** What a new record has where it says nothing. */
  defaultValue: string | number | boolean | null;
  /** Whether describe says that the platform fills the field; null where that follows from the rest. */
  defaultedOnCreate: boolean | null;
  /** How an auto-number is written: `BT-{00000}`. */
  displayFormat: string | null;
  /** False for what a query can neither filter nor sort by. */
  filterable: boolean;
}

const usualLengths: Partial<Record<FieldType, number>> = {
  id: 18,
  reference: 18,
  string: 255,
  textarea: 255,
  picklist: 255,
  multipicklist: 4099,
  url: 255,
  phone: 40,
  email: 80,
};

const usualPrecisions: Partial<Record<FieldType, number>> = { currency: 18, multipicklist: 3 };

/** Completes a field from the few things that make it different from others of its type. */
export function defineField(
  name: string,
  label: string,
  type: FieldType,
  differences: Partial<FieldDefinition> = {},
): FieldDefinition {
  return {
    name,
    label,
    type,
    length: usualLengths[type] ?? 0,
    bytesPerCharacter: type === 'multipicklist' ? 1 : 3,
    precision: usualPrecisions[type] ?? 0,
    scale: 0,
    nillable: type !== 'boolean',
    writable: true,
    createOnly: false,
    permissionable: true,
    custom: false,
    externalId: false,
    unique: false,
    caseSensitive: false,
    idLookup: false,
    indexed: false,
    nameField: false,
    onlyWith: null,
    withPersonAccounts: null,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    onParentDeletion: 'clear',
    relationshipOrder: null,
    picklist: [],
    restrictedPicklist: false,
    helpText: null,
    compoundFieldName: null,
    extraTypeInfo: type === 'textarea' ? 'plaintextarea' : null,
    formula: null,
    defaultValue: null,
    defaultedOnCreate: null,
    displayFormat: null,
    filterable: true,
    ...differences,
  };
}

/** A field that the platform fills and that every reader of the object sees. */
export function defineSystemField(
  name: string,
  label: string,
  type: FieldType,
  differences: Partial<FieldDefinition> = {},
): FieldDefinition {
  return defineField(name, label, type, {
    writable: false,
    permissionable: false,
    nillable: false,
    ...differences,
  });
}

/** A lookup; the relationship name is the field's name without its ending, as for all standard lookups. */
export function defineLookup(
  name: string,
  label: string,
  target: string,
  differences: Partial<FieldDefinition> = {},
): FieldDefinition {
  return defineField(name, label, 'reference', {
    referenceTo: [target],
    relationshipName: name.replace(/Id$/, ''),
    ...differences,
  });
}

/** Picklist entries whose labels equal their values. */
export function listValues(...values: string[]): PicklistEntry[] {
  return values.map((value) => listValue(value));
}

/** A picklist entry, with a label of its own where it has one. */
export function listValue(value: string, label = value): PicklistEntry {
  return { value, label, isDefault: false, isActive: true };
}

/** Longer texts can be neither filtered, sorted nor grouped. */
export function isLongText(field: FieldDefinition): boolean {
  return field.type === 'textarea' && field.length > 255;
}

/** The types that hold numbers. */
export const numericTypes: readonly FieldType[] = ['currency', 'percent', 'double', 'int'];
