import type { Feature } from './features.ts';
import { defineField, type FieldDefinition } from './field-definition.ts';
import type { SystemPermission } from './permission-fields.ts';
import type { Changes } from '../store/stored-record.ts';

/** Which system permission an object of the set-up asks for; null asks for none, and absence forbids. */
export interface SetupRights {
  read: SystemPermission | null;
  create?: SystemPermission;
  edit?: SystemPermission;
  delete?: SystemPermission;
}

/** An object of the org, before anybody looks at it. */
export interface ObjectSchema {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  /** By lower-case name: field names are case-insensitive on input. */
  fields: ReadonlyMap<string, FieldDefinition>;
  /** Records of the business, with object permissions of their own; the rest is set-up. */
  isData: boolean;
  custom: boolean;
  /** Who may do what with an object of the set-up. */
  setup: SetupRights;
  /** The feature without which the org does not have the object. */
  onlyWith: Feature | null;
  /** The Tooling API alone knows it. */
  toolingOnly: boolean;
  /** What a new record has where it says nothing. */
  defaults: Changes;
  /** Its auto-number fields. */
  counted: readonly { name: string; format: string }[];
}

type Differences = Partial<Pick<ObjectSchema, 'isData' | 'custom' | 'setup' | 'onlyWith' | 'toolingOnly'>>;

/** Completes an object from its names and fields. */
export function defineObject(
  [name, label, labelPlural, keyPrefix]: readonly [string, string, string, string],
  fields: readonly FieldDefinition[],
  differences: Differences = {},
): ObjectSchema {
  const defaults = fields.filter((field) => field.defaultValue !== null && field.defaultValue !== false);
  return {
    name,
    label,
    labelPlural,
    keyPrefix,
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
    isData: false,
    custom: false,
    setup: { read: null },
    onlyWith: null,
    toolingOnly: false,
    counted: fields.flatMap(({ name: field, displayFormat: format }) =>
      format === null ? [] : [{ name: field, format }],
    ),
    defaults: Object.fromEntries(defaults.map((field) => [field.name, field.defaultValue])),
    ...differences,
  };
}

/** How the platform names the type of a field to people who set it up: `Text(255)`. */
export function describeDataType(field: FieldDefinition): string {
  const usual = defineField(field.name, '', field.type);
  if (field.formula !== null) return `Formula (${readableTypes[field.type] ?? field.type})`;
  if (field.displayFormat !== null) return 'Auto Number';
  if (field.referenceTo.length > 0) return `Lookup(${field.referenceTo.join(',')})`;
  const name = readableTypes[field.type] ?? field.type;
  if (field.type === 'string') return `Text(${field.length})`;
  if (field.type === 'textarea' && field.length > usual.length) return `Long Text Area(${field.length})`;
  const hasPrecision = ['currency', 'percent', 'double'].includes(field.type);
  return hasPrecision ? `${name}(${field.precision - field.scale}, ${field.scale})` : name;
}

const readableTypes: Partial<Record<FieldDefinition['type'], string>> = {
  boolean: 'Checkbox',
  currency: 'Currency',
  date: 'Date',
  datetime: 'Date/Time',
  double: 'Number',
  email: 'Email',
  int: 'Number',
  multipicklist: 'Picklist (Multi-Select)',
  percent: 'Percent',
  phone: 'Phone',
  picklist: 'Picklist',
  string: 'Text',
  textarea: 'Text Area',
  url: 'URL',
};
