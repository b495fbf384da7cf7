import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { defineField, type FieldDefinition, type FieldType } from './field-definition.ts';

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'value' });
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const count = z.coerce.number().int();

const picklistValue = z.object({ fullName: z.string(), label: z.string(), default: flag });
const shape = z.object({
  fullName: z.string(),
  label: z.string(),
  type: z.string(),
  inlineHelpText: z.string().optional(),
  length: count.default(0),
  precision: count.default(0),
  scale: count.default(0),
  required: flag.default(false),
  externalId: flag.default(false),
  unique: flag.default(false),
  caseSensitive: flag.default(false),
  valueSet: z
    .object({
      restricted: flag.default(false),
      valueSetDefinition: z.object({ value: z.array(picklistValue) }),
    })
    .optional(),
});

/** Metadata names of types, as describe names them. Lengths are those of the types that have a fixed one. */
const types: Record<string, { type: FieldType; length?: number }> = {
  Text: { type: 'string' },
  TextArea: { type: 'textarea', length: 255 },
  LongTextArea: { type: 'textarea' },
  Html: { type: 'textarea' },
  Number: { type: 'double' },
  Currency: { type: 'currency' },
  Percent: { type: 'percent' },
  Checkbox: { type: 'boolean' },
  Date: { type: 'date' },
  DateTime: { type: 'datetime' },
  Url: { type: 'url', length: 255 },
  Email: { type: 'email', length: 80 },
  Phone: { type: 'phone', length: 40 },
  Picklist: { type: 'picklist', length: 255 },
  MultiselectPicklist: { type: 'multipicklist', length: 4099 },
};

/** Reads one field of the package; a type that the simulator does not know is refused, never guessed. */
export function readFieldMetadata(xml: string, namespace: string): FieldDefinition {
  const document = z.object({ CustomField: shape }).parse(parser.parse(xml));
  const field = document.CustomField;
  const known = types[field.type];
  if (known === undefined)
    throw new Error(`${field.fullName}: the simulator does not know fields of type ${field.type}.`);
  return defineField(`${namespace}__${field.fullName}`, field.label, known.type, {
    custom: true,
    length: known.length ?? field.length,
    precision: field.precision,
    scale: field.scale,
    nillable: !field.required && known.type !== 'boolean',
    permissionable: !field.required,
    externalId: field.externalId,
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    idLookup: field.externalId,
    indexed: field.externalId || field.unique,
    helpText: field.inlineHelpText ?? null,
    restrictedPicklist: field.valueSet?.restricted ?? false,
    picklist: (field.valueSet?.valueSetDefinition.value ?? []).map((entry) => ({
      value: entry.fullName,
      label: entry.label,
      isDefault: entry.default,
    })),
  });
}
