import { z } from 'zod';
import { CONNECTION_STATES, UPFLOW_ENVIRONMENTS } from '../../connect/connection.ts';

/** Dates are sent in ISO form. */
const moment = z.union([z.date(), z.string()]).meta({ type: 'string', format: 'date-time' });

export const whyShape = z.object({
  code: z.string(),
  message: z.string(),
  explanation: z.string(),
  action: z.string(),
});

const stepShape = z.enum(['done', 'next', 'todo']);

/** A connection as the console shows it: nothing in it is secret. */
export const connectionShape = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(CONNECTION_STATES),
  stateReason: whyShape.nullable().meta({ description: 'Why nothing is written at present, and what to do' }),
  stateSince: moment,
  createdAt: moment,
  exporting: z.boolean(),
  organizationId: z.string().nullable(),
  upflow: z
    .object({
      environment: z.enum(UPFLOW_ENVIRONMENTS),
      apiKey: z.string().meta({ description: 'Its last four characters' }),
      checkedAt: moment.nullable(),
      state: z.enum(['ok', 'refused']),
      reason: whyShape.nullable(),
      read: z
        .object({
          state: z.enum(['running', 'done', 'failed']),
          read: z.int(),
          total: z.int().nullable(),
          startedAt: moment,
          endedAt: moment.nullable(),
          reason: whyShape.nullable(),
        })
        .nullable(),
    })
    .nullable(),
  pushUrl: z.string(),
  pushSecrets: z.array(z.object({ id: z.string(), createdAt: moment, hint: z.string() })),
  apiTokens: z.array(z.object({ id: z.string(), name: z.string(), createdAt: moment })),
  salesforce: z
    .object({
      flow: z.enum(['web-server', 'jwt-bearer', 'client-credentials']),
      origin: z.string(),
      instanceOrigin: z.string().nullable(),
      clientId: z.string(),
      userId: z.string().nullable(),
      username: z.string().nullable(),
      connectedAt: moment.nullable(),
      connectedBy: z.string().nullable(),
    })
    .nullable(),
  identifier: z.object({ upflow: z.string(), salesforce: z.string() }).nullable(),
  apiCallCap: z.int().nullable(),
  steps: z.object({
    upflow: stepShape,
    salesforce: stepShape,
    permissions: stepShape,
    identifier: stepShape,
    export: stepShape,
  }),
});

export type ConnectionView = z.input<typeof connectionShape>;
