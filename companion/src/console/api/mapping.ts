import { z } from 'zod';
import { changeMapping } from '../../export/change-mapping.ts';
import { describeMapping, type MappingGrounds } from '../../export/check-mapping.ts';
import type { Connection, ExportMapping } from '../../connect/connection.ts';
import { VALUE_GROUPS } from '../../export/exported-values.ts';
import { gatherGrounds } from '../../export/gather-grounds.ts';
import { refuseStart } from '../../export/start-run.ts';
import type { Services } from '../../services.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { answerSalesforceProblems, conflict } from './salesforce-problem.ts';

const PATH = '/v1/connections/:connectionId/mapping';
const tag = 'Export mapping';

const valueSchema = z.object({
  value: z.string(),
  label: z.string(),
  group: z.enum(VALUE_GROUPS),
  type: z.string(),
  packageField: z.string().nullable(),
  on: z.boolean(),
  field: z.string().nullable(),
  choices: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      allowed: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
  problem: z.string().nullable(),
});

const mappingSchema = z.object({ values: z.array(valueSchema), customFields: z.array(valueSchema) });

const choiceSchema = z.object({
  on: z.boolean(),
  field: z
    .string()
    .regex(/^\w{1,80}$/, 'must be the API name of an Account field')
    .nullable(),
  clear: z.boolean().optional(),
});

/** Which Upflow value goes to which Account field. */
export function mappingRoutes({ database: { db }, clients, directory, kick }: Services): ApiRoute[] {
  async function gather(connection: Connection): Promise<MappingGrounds> {
    const refusal = refuseStart(connection, 'check');
    if (refusal?.code === 'not-connected') throw conflict(refusal);
    return answerSalesforceProblems(() => gatherGrounds({ db, clients }, connection));
  }

  return [
    route({
      method: 'get',
      path: PATH,
      tag,
      summary: 'Show which value goes to which Account field',
      description:
        'Each value lists the Account fields that can hold it and, for the others, why they cannot.',
      answer: mappingSchema,
      problems: {
        409: 'The connection is not signed in to Salesforce',
        502: 'Salesforce could not be asked',
      },
      handle: async ({ connection }) => show(connection.mapping, await gather(connection)),
    }),
    route({
      method: 'put',
      path: PATH,
      tag,
      summary: 'Choose the Account fields of values',
      description:
        'Values that are not named stay as they are. `clear` makes the field that a value leaves blank on all Accounts.',
      body: z.object({ choices: z.record(z.string().max(300), choiceSchema) }),
      answer: mappingSchema,
      problems: {
        409: 'The connection is not signed in to Salesforce',
        502: 'Salesforce could not be asked',
      },
      handle: async ({ connection, body: { choices }, actor }) => {
        const grounds = await gather(connection);
        const change = await changeMapping(db, connection, choices, grounds, actor.name);
        if ('errors' in change) throw refuseChoices(change.errors);
        directory.forget(connection.id);
        kick(connection.id);
        return show(change.mapping, grounds);
      },
    }),
  ];
}

function show(mapping: ExportMapping, grounds: MappingGrounds) {
  const all = describeMapping(mapping, grounds);
  return {
    values: all.filter(({ group }) => group !== 'Custom fields'),
    customFields: all.filter(({ group }) => group === 'Custom fields'),
  };
}

function refuseChoices(errors: { field: string; problem: string }[]): ApiProblem {
  return new ApiProblem({
    status: 422,
    code: 'unusable-mapping',
    title: 'These fields cannot hold these values',
    detail: errors.map(({ field, problem }) => `${field}: ${problem}`).join(' '),
    extra: { errors },
  });
}
