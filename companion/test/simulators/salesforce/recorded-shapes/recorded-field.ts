/**
 * Facts of standard fields as recorded describes of real orgs have them: type, length, byteLength, precision, scale,
 * digits, then what is true of the field besides `filterable` and `sortable`, which hold unless `unfilterable` or
 * `unsortable` is named.
 */
export type RecordedField = [
  name: string,
  type: string,
  length: number,
  byteLength: number,
  precision: number,
  scale: number,
  digits: number,
  marks: string,
];

/** What a mark in a row says about the properties of describe. */
export const marks = [
  'aggregatable',
  'createable',
  'defaultedOnCreate',
  'groupable',
  'idLookup',
  'nameField',
  'nillable',
  'permissionable',
  'queryByDistance',
  'restrictedPicklist',
  'searchPrefilterable',
  'updateable',
] as const;

/** The marks of a field that users fill. */
export const written = 'aggregatable createable groupable nillable permissionable updateable';
/** Those of a field that the platform fills, and that may stay blank. */
export const platform = 'aggregatable groupable nillable';
/** Those of the stamps of a record. */
export const audit = 'aggregatable defaultedOnCreate';
