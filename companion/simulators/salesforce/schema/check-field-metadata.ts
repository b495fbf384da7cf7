import type { CustomFieldMetadata } from './custom-field-metadata.ts';

type Property = keyof CustomFieldMetadata;
type Type = CustomFieldMetadata['type'];

const required: Partial<Record<Type, Property[]>> = {
  AutoNumber: ['displayFormat'],
  Checkbox: ['defaultValue'],
  Currency: ['precision', 'scale'],
  EncryptedText: ['length', 'maskChar', 'maskType'],
  Html: ['length', 'visibleLines'],
  LongTextArea: ['length', 'visibleLines'],
  Lookup: ['referenceTo', 'relationshipName'],
  MasterDetail: ['referenceTo', 'relationshipName'],
  MultiselectPicklist: ['valueSet', 'visibleLines'],
  Number: ['precision', 'scale'],
  Percent: ['precision', 'scale'],
  Picklist: ['valueSet'],
  Text: ['length'],
};

/** Properties that only some types have, with those types. */
const onlyFor: Partial<Record<Property, Type[]>> = {
  caseSensitive: ['Text'],
  deleteConstraint: ['Lookup'],
  displayFormat: ['AutoNumber'],
  externalId: ['AutoNumber', 'Email', 'Number', 'Text'],
  length: ['EncryptedText', 'Html', 'LongTextArea', 'Text'],
  maskChar: ['EncryptedText'],
  precision: ['Currency', 'Number', 'Percent'],
  relationshipOrder: ['MasterDetail'],
  scale: ['Currency', 'Number', 'Percent'],
  unique: ['Email', 'Number', 'Text'],
  valueSet: ['MultiselectPicklist', 'Picklist'],
};

const lengths: Partial<Record<Type, [shortest: number, longest: number]>> = {
  EncryptedText: [1, 175],
  Html: [256, 131_072],
  LongTextArea: [256, 131_072],
  Text: [1, 255],
};

const MAX_DIGITS = 18;

/** What is wrong with the metadata of a custom field, in the words of Salesforce where they are known; null when nothing is. */
export function checkFieldMetadata(metadata: CustomFieldMetadata): string | null {
  if ((metadata.label ?? '').trim() === '') return 'Must specify a non-empty label for the CustomField';
  if ((metadata.formula ?? null) !== null) return null;
  const { type } = metadata;
  const missing = (required[type] ?? []).find((property) => isBlank(metadata[property]));
  if (missing !== undefined) return `Must specify '${missing}' for a CustomField of type ${type}`;
  const surplus = (Object.keys(onlyFor) as Property[]).find(
    (property) => isGiven(metadata[property]) && !onlyFor[property]?.includes(type),
  );
  if (surplus !== undefined) return `Can not specify '${surplus}' for a CustomField of type ${type}`;
  return checkSizes(metadata);
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** A false flag says no more than its absence. */
function isGiven(value: unknown): boolean {
  return !isBlank(value) && value !== false;
}

function checkSizes({ type, length, precision, scale }: CustomFieldMetadata): string | null {
  const [shortest, longest] = lengths[type] ?? [0, Infinity];
  const size = length ?? shortest;
  if (size < shortest || size > longest) {
    return `The length of a CustomField of type ${type} must be between ${shortest} and ${longest}`;
  }
  const digits = precision ?? 0;
  if (digits > MAX_DIGITS || (scale ?? 0) > digits) {
    return `The precision of a CustomField must be at most ${MAX_DIGITS}, and its scale at most its precision`;
  }
  return null;
}
