import type { Settings } from '../org/settings.ts';
import type { ObjectSchema, Schema } from './build-schema.ts';
import type { FieldDefinition } from './field-definition.ts';

type Customization = Pick<Settings, 'requiredFields' | 'labels'>;

/** The schema as the org's admin has changed it: fields that are required for everybody, and other labels. */
export function customizeSchema(schema: Schema, customization: Customization): Schema {
  const { requiredFields, labels } = customization;
  if (requiredFields.length === 0 && Object.keys(labels).length === 0) return schema;
  return new Map([...schema].map(([key, object]) => [key, customizeObject(object, customization)]));
}

function customizeObject(object: ObjectSchema, { requiredFields, labels }: Customization): ObjectSchema {
  const required = new Set(requiredFields.flatMap((rule) => (rule.object === object.name ? rule.field : [])));
  const customize = (field: FieldDefinition): FieldDefinition => ({
    ...field,
    label: labels[`${object.name}.${field.name}`] ?? field.label,
    // A required field has no field-level security: everybody sees it and writes it.
    ...(required.has(field.name) ? { nillable: false, permissionable: false } : {}),
  });
  return { ...object, fields: new Map([...object.fields].map(([key, field]) => [key, customize(field)])) };
}
