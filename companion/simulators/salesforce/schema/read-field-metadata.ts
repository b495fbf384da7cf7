import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { customFieldMetadata } from './custom-field-metadata.ts';
import { defineCustomField } from './define-custom-field.ts';
import type { FieldDefinition } from './field-definition.ts';

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'value' });
const shape = z.object({ CustomField: customFieldMetadata.extend({ fullName: z.string() }) });

/** Reads one field of the package; a type that the simulator does not know is refused, never guessed. */
export function readFieldMetadata(xml: string, namespace: string): FieldDefinition {
  const parsed = shape.safeParse(parser.parse(xml));
  if (!parsed.success)
    throw new Error(`The simulator cannot read this field: ${z.prettifyError(parsed.error)}\n${xml}`);
  const metadata = parsed.data.CustomField;
  return defineCustomField(metadata, { name: `${namespace}__${metadata.fullName}`, namespace });
}
