import type { Connection } from 'jsforce';
import { z } from 'zod';
import { identifierKindOf, type IdentifierKind } from '../salesforce/identifier-value.ts';

/** An Account field, and whether it can be the Salesforce side of a shared identifier. */
export interface AccountFieldOption {
  name: string;
  label: string;
  /** In an admin's words, such as `Text` or `Lookup`. */
  type: string;
  allowed: boolean;
  /** Why not; null where it is allowed. */
  reason: string | null;
  comparedAs: IdentifierKind;
}

const fieldSchema = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number().nullish(),
  filterable: z.boolean().nullish(),
  calculated: z.boolean().nullish(),
  autoNumber: z.boolean().nullish(),
  encrypted: z.boolean().nullish(),
  extraTypeInfo: z.string().nullish(),
});
type DescribedField = z.infer<typeof fieldSchema>;

/** The longest text that Salesforce can search by. */
const LONGEST_TEXT = 255;

const ALLOWED_TYPES = new Set(['id', 'string', 'textarea', 'reference', 'int', 'long', 'double']);

const TYPE_NAMES: Record<string, string> = {
  id: 'Record ID',
  string: 'Text',
  textarea: 'Text area',
  reference: 'Lookup',
  int: 'Number',
  long: 'Number',
  double: 'Number',
  picklist: 'Picklist',
  multipicklist: 'Multi-select picklist',
  encryptedstring: 'Encrypted text',
  boolean: 'Checkbox',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'Date/Time',
  time: 'Time',
  phone: 'Phone',
  email: 'Email',
  url: 'URL',
  address: 'Address',
  location: 'Geolocation',
};

const REFUSED_TYPES: Record<string, string> = {
  picklist: 'A picklist holds few values that many Accounts share, so it cannot name one customer.',
  multipicklist: 'A picklist holds few values that many Accounts share, so it cannot name one customer.',
  encryptedstring: 'Salesforce cannot search encrypted values.',
  boolean: 'A checkbox has two values only, so it cannot name one customer.',
  currency: 'An amount of money names no customer.',
  percent: 'A percentage names no customer.',
  date: 'A date names no customer.',
  datetime: 'A moment in time names no customer.',
  time: 'A time of day names no customer.',
  address: 'An address is a group of fields, which cannot be searched as a whole.',
  location: 'A location is a group of fields, which cannot be searched as a whole.',
};

/**
 * Lists the Account fields that our user can see, those that can be an identifier first. A field without
 * field-level security for our user is absent from describe, so it is absent here.
 *
 * @throws what the call throws
 */
export async function listAccountFields(calls: Connection): Promise<AccountFieldOption[]> {
  const { fields } = await calls.sobject('Account').describe();
  return z
    .array(fieldSchema)
    .parse(fields)
    .map(toOption)
    .sort((a, b) => Number(b.allowed) - Number(a.allowed) || rank(a) - rank(b) || compare(a.label, b.label));
}

/** Judges one field by what describe says of it. */
export function toOption(field: DescribedField): AccountFieldOption {
  const reason = findReason(field);
  return {
    name: field.name,
    label: field.label,
    type: nameType(field),
    allowed: reason === null,
    reason,
    comparedAs: identifierKindOf(field.type),
  };
}

function findReason(field: DescribedField): string | null {
  const { type, length, filterable, encrypted, calculated, extraTypeInfo } = field;
  if (encrypted === true) return REFUSED_TYPES.encryptedstring ?? null;
  if (type === 'textarea' && (length ?? 0) > LONGEST_TEXT) {
    return 'Salesforce cannot search long or rich text. Use a text field of at most 255 characters.';
  }
  if (!ALLOWED_TYPES.has(type)) {
    return (
      REFUSED_TYPES[type] ??
      `A field of the type ${nameType(field)} cannot be the identifier. Use a text field.`
    );
  }
  if (extraTypeInfo === 'personname' || extraTypeInfo === 'switchablepersonname') {
    return 'Names are written in many ways and change, so they name no customer for certain.';
  }
  if (calculated === true && type !== 'string') {
    return 'Of formulas only those that give text can be the identifier.';
  }
  if (filterable === false) return 'Salesforce cannot search by this field.';
  return null;
}

function nameType({ type, length, calculated, autoNumber, extraTypeInfo }: DescribedField): string {
  if (autoNumber === true) return 'Auto number';
  if (calculated === true) return `Formula (${TYPE_NAMES[type] ?? type})`;
  if (type === 'textarea' && extraTypeInfo === 'richtextarea') return 'Rich text';
  if (type === 'textarea' && (length ?? 0) > LONGEST_TEXT) return 'Long text';
  return TYPE_NAMES[type] ?? type;
}

/** The admin's own fields and the id stand before what every org has. */
function rank({ name }: AccountFieldOption): number {
  if (name === 'Id') return 0;
  return name.endsWith('__c') ? 1 : 2;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Finds a field by its API name; one of our package also without its namespace. */
export function findOption(
  options: readonly AccountFieldOption[],
  name: string,
): AccountFieldOption | undefined {
  const wanted = name.toLowerCase();
  return (
    options.find((option) => option.name.toLowerCase() === wanted) ??
    options.find((option) => /^\w+?__/.test(option.name) && option.name.toLowerCase().endsWith(`__${wanted}`))
  );
}
