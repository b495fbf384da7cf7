import { z } from 'zod';
import { FILTER_OPERATORS } from '../../connect/import-settings.ts';
import { IMPORT_KINDS, IMPORT_PHASES, IMPORT_STATES } from '../../store/import-runs.ts';
import { SKIP_KINDS } from '../../store/import-skips.ts';
import { FIELD_LEVELS, UPFLOW_FIELD_TYPES } from '../../upflow/custom-fields.ts';
import { nextPage } from './page.ts';
import { momentShape, reasonShape } from './shapes.ts';

const apiName = z.string().regex(/^\w{1,80}$/, 'must be the API name of a Salesforce field');
const text = z.string().trim().min(1, 'must not be empty').max(255);

const filterSchema = z.object({
  field: apiName,
  operator: z.enum(FILTER_OPERATORS),
  values: z.array(text).min(1, 'give at least one value').max(200),
});
const positionsSchema = z.object({
  field: apiName,
  table: z
    .record(text, text)
    .nullable()
    .meta({ description: 'What values of the field stand for; null where they are positions themselves' }),
});

export const settingsBody = z.object({
  owners: z.boolean(),
  contacts: z.boolean(),
  filter: filterSchema.nullable().default(null),
  positions: positionsSchema.nullable().default(null),
  fields: z
    .array(
      z.object({
        level: z.enum(FIELD_LEVELS),
        field: apiName,
        upflowId: z.string().min(1).max(255).optional(),
        create: z.object({ name: text, type: z.enum(UPFLOW_FIELD_TYPES) }).optional(),
      }),
    )
    .max(50, 'at most 50 fields can be imported')
    .default([]),
});

export const settingsAnswer = z.object({
  owners: z.boolean(),
  contacts: z.boolean(),
  filter: filterSchema.nullable(),
  positions: positionsSchema.nullable(),
  fields: z.array(
    z.object({
      level: z.enum(FIELD_LEVELS),
      field: z.string(),
      upflowId: z.string(),
      upflowName: z.string(),
      upflowType: z.enum(UPFLOW_FIELD_TYPES),
    }),
  ),
  imported: z
    .object({ contacts: z.int(), fields: z.int(), owners: z.int(), customers: z.int() })
    .meta({ description: 'How many contacts Upflow has from Salesforce, and how many customers have what' }),
  nextRunAt: momentShape.nullable(),
});

export const runSchema = z.object({
  id: z.string(),
  kind: z.enum(IMPORT_KINDS),
  state: z.enum(IMPORT_STATES),
  phase: z.enum(IMPORT_PHASES).nullable(),
  done: z.int(),
  total: z.int().nullable(),
  counts: z.record(z.string(), z.int()),
  reason: reasonShape.nullable(),
  startedBy: z.string(),
  createdAt: momentShape,
  startedAt: momentShape.nullable(),
  endedAt: momentShape.nullable(),
});

export const reportSchema = z.object({
  run: runSchema.nullable(),
  skipped: z.array(
    z.object({
      code: z.string(),
      kind: z.enum(SKIP_KINDS),
      count: z.int(),
      explanation: z.string(),
      action: z.string(),
    }),
  ),
  rows: z.array(
    z.object({
      id: z.string(),
      customerId: z.string(),
      kind: z.enum(SKIP_KINDS),
      recordId: z.string(),
      code: z.string(),
      explanation: z.string(),
      action: z.string(),
      at: momentShape,
    }),
  ),
  next: nextPage,
});

const optionSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  allowed: z.boolean(),
  reason: z.string().nullable(),
  fits: z.array(z.enum(UPFLOW_FIELD_TYPES)),
});

export const fieldsAnswer = z.object({
  customer: z.array(optionSchema),
  contact: z.array(optionSchema),
  upflow: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.enum(UPFLOW_FIELD_TYPES),
      level: z.enum(FIELD_LEVELS),
    }),
  ),
});
