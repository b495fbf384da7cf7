import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { CustomObject } from './custom-object.ts';
import type { FieldDefinition } from './field-definition.ts';

const parser = new XMLParser({ parseTagValue: false });
const shape = z.object({
  CustomObject: z.object({
    label: z.string(),
    pluralLabel: z.string(),
    nameField: z.object({
      label: z.string(),
      type: z.enum(['Text', 'AutoNumber']),
      displayFormat: z.string().default('{0}'),
    }),
  }),
});

/** Reads one custom object of the package, given its fields. */
export function readObjectMetadata(xml: string, name: string, fields: FieldDefinition[]): CustomObject {
  const { label, pluralLabel, nameField } = shape.parse(parser.parse(xml)).CustomObject;
  return {
    name,
    label,
    labelPlural: pluralLabel,
    nameField: {
      label: nameField.label,
      displayFormat: nameField.type === 'AutoNumber' ? nameField.displayFormat : null,
    },
    hasOwner: fields.every((field) => field.relationshipOrder === null),
    fields,
  };
}
