import { z } from 'zod';
import type { UpflowClient } from './api-client.ts';
import { CUSTOM_FIELDS } from './lists.ts';

export const UPFLOW_FIELD_TYPES = ['TEXT', 'SELECT', 'NUMBER', 'DATE', 'BOOLEAN'] as const;
export type UpflowFieldType = (typeof UPFLOW_FIELD_TYPES)[number];

/** What a custom field belongs to. */
export const FIELD_LEVELS = ['customer', 'contact'] as const;
export type FieldLevel = (typeof FIELD_LEVELS)[number];

/** A custom field of Upflow. */
export interface UpflowField {
  id: string;
  name: string;
  type: UpflowFieldType;
  level: FieldLevel;
}

const fieldSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  type: z.string().nullish(),
  entity: z.string().nullish(),
});
/** The custom fields of customers and contacts. How the answer names level and type is not confirmed. */
export async function listCustomFields(
  client: Pick<UpflowClient, 'pages'>,
  signal?: AbortSignal,
): Promise<UpflowField[]> {
  const fields: UpflowField[] = [];
  for await (const page of client.pages(CUSTOM_FIELDS, signal)) {
    fields.push(
      ...z
        .array(fieldSchema)
        .parse(page)
        .flatMap((field) => toField(field) ?? []),
    );
  }
  return fields;
}

/** Creates a custom field. */
export async function createCustomField(
  client: Pick<UpflowClient, 'call'>,
  { name, type, level }: Omit<UpflowField, 'id'>,
  signal?: AbortSignal,
): Promise<UpflowField> {
  const body = { name, type, entity: level.toUpperCase() };
  const answer = await client.call({ method: 'POST', path: CUSTOM_FIELDS.path, body }, signal);
  return { id: fieldSchema.parse(answer).id, name, type, level };
}

/** @returns undefined for fields of invoices and the like */
function toField({ id, name, type, entity }: z.infer<typeof fieldSchema>): UpflowField | undefined {
  const level = FIELD_LEVELS.find((known) => known === (entity ?? 'CUSTOMER').toLowerCase());
  if (level === undefined) return undefined;
  const known = UPFLOW_FIELD_TYPES.find((one) => one === type?.toUpperCase());
  return { id, name: name ?? id, type: known ?? 'TEXT', level };
}
