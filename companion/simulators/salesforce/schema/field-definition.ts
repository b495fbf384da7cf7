/** The field types that the simulated objects use; the names are those of describe. */
export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
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
  | 'address';

export interface PicklistEntry {
  value: string;
  label: string;
  isDefault: boolean;
}

/** What the simulator knows of one field; everything else that describe shows follows from it. */
export interface FieldDefinition {
  name: string;
  label: string;
  type: FieldType;
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  /** False for what only the platform writes. Whether a user may write it is a question of access. */
  writable: boolean;
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
  multiCurrencyOnly: boolean;
  referenceTo: readonly string[];
  relationshipName: string | null;
  /** What the other side calls the records that look up to it: `Contacts` of an Account. */
  childRelationshipName: string | null;
  picklist: readonly PicklistEntry[];
  restrictedPicklist: boolean;
  helpText: string | null;
  compoundFieldName: string | null;
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
    precision: type === 'currency' ? 18 : 0,
    scale: 0,
    nillable: type !== 'boolean',
    writable: true,
    permissionable: true,
    custom: false,
    externalId: false,
    unique: false,
    caseSensitive: false,
    idLookup: false,
    indexed: false,
    nameField: false,
    multiCurrencyOnly: false,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    picklist: [],
    restrictedPicklist: false,
    helpText: null,
    compoundFieldName: null,
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
  return values.map((value) => ({ value, label: value, isDefault: false }));
}

/** Longer texts can be neither filtered, sorted nor grouped. */
export function isLongText(field: FieldDefinition): boolean {
  return field.type === 'textarea' && field.length > 255;
}

export const numericTypes: readonly FieldType[] = ['currency', 'percent', 'double', 'int'];
