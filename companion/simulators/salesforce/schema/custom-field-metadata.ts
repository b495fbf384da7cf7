import { z } from 'zod';

const flag = z.preprocess((value) => (typeof value === 'string' ? value === 'true' : value), z.boolean());
const count = z.coerce.number().int().min(0);
// A single reference stands for a list of one, as in XML.
const list = <Shape extends z.ZodType>(shape: Shape) =>
  z.preprocess((value) => (Array.isArray(value) || value === undefined ? value : [value]), z.array(shape));

const picklistValue = z.object({
  /** XML calls it `fullName`, the Tooling API `valueName`. */
  fullName: z.string().nullish(),
  valueName: z.string().nullish(),
  label: z.string().nullish(),
  default: flag.nullish(),
  isActive: flag.nullish(),
});

/** The metadata types of custom fields that the simulator knows. */
export const customFieldTypes = [
  'AutoNumber',
  'Checkbox',
  'Currency',
  'Date',
  'DateTime',
  'Email',
  'EncryptedText',
  'Html',
  'LongTextArea',
  'Lookup',
  'MasterDetail',
  'MultiselectPicklist',
  'Number',
  'Percent',
  'Phone',
  'Picklist',
  'Text',
  'TextArea',
  'Url',
] as const;

/** A custom field as the Metadata API and the Tooling API describe it; XML gives every value as text. */
export const customFieldMetadata = z.object({
  type: z.enum(customFieldTypes),
  label: z.string().nullish(),
  description: z.string().nullish(),
  inlineHelpText: z.string().nullish(),
  length: count.nullish(),
  precision: count.nullish(),
  scale: count.nullish(),
  visibleLines: count.nullish(),
  required: flag.nullish(),
  externalId: flag.nullish(),
  unique: flag.nullish(),
  caseSensitive: flag.nullish(),
  defaultValue: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  formula: z.string().nullish(),
  formulaTreatBlanksAs: z.string().nullish(),
  displayFormat: z.string().nullish(),
  startingNumber: count.nullish(),
  maskChar: z.string().nullish(),
  maskType: z.string().nullish(),
  referenceTo: list(z.string()).nullish(),
  relationshipName: z.string().nullish(),
  relationshipLabel: z.string().nullish(),
  relationshipOrder: count.nullish(),
  deleteConstraint: z.enum(['SetNull', 'Cascade', 'Restrict']).nullish(),
  valueSet: z
    .object({
      restricted: flag.nullish(),
      valueSetDefinition: z.object({ sorted: flag.nullish(), value: list(picklistValue) }).nullish(),
    })
    .nullish(),
});

export type CustomFieldMetadata = z.infer<typeof customFieldMetadata>;
