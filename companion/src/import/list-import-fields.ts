import type { Connection as Calls } from 'jsforce';
import { z } from 'zod';
import type { FieldLevel, UpflowFieldType } from '../upflow/custom-fields.ts';

/** A Salesforce field, and whether its values can be imported. */
export interface ImportFieldOption {
  name: string;
  label: string;
  /** In an admin's words, such as `Text` or `Lookup`. */
  type: string;
  allowed: boolean;
  /** Why not; null where it is allowed. */
  reason: string | null;
  /** The types of custom fields that take its values, the best first. */
  fits: UpflowFieldType[];
}

const fieldSchema = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  custom: z.boolean().nullish(),
  calculated: z.boolean().nullish(),
  encrypted: z.boolean().nullish(),
  extraTypeInfo: z.string().nullish(),
});
type DescribedField = z.infer<typeof fieldSchema>;

const TEXT: readonly UpflowFieldType[] = ['TEXT'];
const CHOICE: readonly UpflowFieldType[] = ['SELECT', 'TEXT'];
const NUMBER: readonly UpflowFieldType[] = ['NUMBER', 'TEXT'];
const DAY: readonly UpflowFieldType[] = ['DATE', 'TEXT'];

const TYPES: Record<string, [name: string, fits: readonly UpflowFieldType[]]> = {
  id: ['Record ID', TEXT],
  string: ['Text', TEXT],
  textarea: ['Text area', TEXT],
  picklist: ['Picklist', CHOICE],
  combobox: ['Picklist', CHOICE],
  multipicklist: ['Multi-select picklist', TEXT],
  reference: ['Lookup', TEXT],
  boolean: ['Checkbox', ['BOOLEAN', 'TEXT']],
  int: ['Number', NUMBER],
  long: ['Number', NUMBER],
  double: ['Number', NUMBER],
  currency: ['Currency', NUMBER],
  percent: ['Percent', NUMBER],
  date: ['Date', DAY],
  datetime: ['Date/Time', DAY],
  phone: ['Phone', TEXT],
  email: ['Email', TEXT],
  url: ['URL', TEXT],
};

const REFUSED: Record<string, [name: string, reason: string]> = {
  address: ['Address', 'An address is a group of fields. Import its parts, such as the city, one by one.'],
  location: ['Geolocation', 'A location is a group of fields. Import its parts one by one.'],
  time: ['Time', 'Upflow has no custom field for a time of day.'],
  base64: ['File', 'A file is no value that Upflow can show.'],
  encryptedstring: ['Encrypted text', 'The value is encrypted to be kept in Salesforce.'],
  anyType: ['Polymorphic', 'The field has no type of its own.'],
  complexvalue: ['Compound', 'The field is a group of values.'],
};

/** Lists the fields of Account or Contact that our user sees, those that can be imported first. @throws what the call throws */
export async function listImportFields(calls: Calls, level: FieldLevel): Promise<ImportFieldOption[]> {
  const object = level === 'customer' ? 'Account' : 'Contact';
  const { fields } = await calls.sobject(object).describe();
  return z
    .array(fieldSchema)
    .parse(fields)
    .toSorted((a, b) => Number(b.custom ?? false) - Number(a.custom ?? false) || (a.label < b.label ? -1 : 1))
    .map(judgeImportField)
    .toSorted((a, b) => Number(b.allowed) - Number(a.allowed));
}

/** Judges one field by what describe says of it. */
export function judgeImportField(field: DescribedField): ImportFieldOption {
  const { name, label, type, calculated, encrypted, extraTypeInfo } = field;
  const [typeName, fits] = TYPES[type] ?? [REFUSED[type]?.[0] ?? type, []];
  const shown = calculated === true ? `Formula (${typeName})` : typeName;
  const refuse = (reason: string): ImportFieldOption => ({
    ...{ name, label, type: shown },
    allowed: false,
    reason,
    fits: [],
  });
  if (encrypted === true && type !== 'encryptedstring') return refuse(REFUSED.encryptedstring?.[1] ?? '');
  if (extraTypeInfo === 'richtextarea' || extraTypeInfo === 'imageurl') {
    return refuse('Rich text is HTML, which Upflow would show as it is. Use a plain text field.');
  }
  if (fits.length === 0)
    return refuse(REFUSED[type]?.[1] ?? `Values of the type ${type} cannot be imported.`);
  return { name, label, type: shown, allowed: true, reason: null, fits: [...fits] };
}
