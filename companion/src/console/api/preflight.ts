import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isReady, type Connection, type ExportingConnection } from '../../connect/connection.ts';
import type { KnowledgeContext } from '../../export/export-batch.ts';
import { previewAccount } from '../../export/preview-account.ts';
import { refuseStart } from '../../export/start-run.ts';
import { describeAccount } from '../../salesforce/describe-account.ts';
import { toLongId } from '../../salesforce/account-id.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import { readPairInForce } from '../../store/pair-in-force.ts';
import { insertPreflight, readPreflight } from '../../store/preflights.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { answerSalesforceProblems, conflict } from './salesforce-problem.ts';

const BASE = '/v1/connections/:connectionId';
const tag = 'Export mapping';

const reasonSchema = z.object({
  code: z.string(),
  message: z.string(),
  explanation: z.string(),
  action: z.string(),
});

const preflightSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  sample: z.int(),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  tried: z.int(),
  wouldPass: z.int(),
  calls: z.int(),
  failures: z.array(
    reasonSchema.extend({
      count: z.int(),
      accounts: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
  reason: reasonSchema.nullable(),
});

const valueSchema = z.union([z.string(), z.number(), z.boolean()]).nullable();

const previewSchema = z.object({
  customer: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  account: z.object({ id: z.string(), name: z.string() }).nullable(),
  fields: z.array(
    z.object({
      label: z.string(),
      field: z.string(),
      before: valueSchema,
      after: valueSchema,
      changes: z.boolean(),
    }),
  ),
  reason: reasonSchema.nullable(),
});

const askedSchema = z.object({
  customerId: z.string().min(1).max(36).optional(),
  accountId: z
    .string()
    .regex(/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/, 'must be the id of an Account')
    .optional(),
});

/** What an export would do, before it does it: to one Account, and to a sample of them. */
export function preflightRoutes({ config, database: { db }, clients, kick }: Services): ApiRoute[] {
  async function openContext(connection: ExportingConnection): Promise<KnowledgeContext> {
    const client = clients.of(connection);
    let description: ReturnType<typeof describeAccount> | undefined;
    const describe = () => (description ??= client.call(describeAccount));
    const { epoch = 1 } = (await readPairInForce(db, connection.id)) ?? {};
    return { db, connection, epoch, client, describe, confirmAfterInMs: config.confirmAfterInMs };
  }

  return [
    route({
      method: 'get',
      path: `${BASE}/mapping/preview`,
      tag,
      summary: 'Show one Account before and after an export',
      description: 'Give a customer or an Account. What the Account holds now is read from Salesforce.',
      query: askedSchema,
      answer: previewSchema,
      problems: { 409: 'The connection is not ready to export', 502: 'Salesforce could not be asked' },
      handle: async ({ connection, query: { customerId, accountId } }) => {
        const asked = customerId !== undefined ? { customerId } : { accountId: toLongId(accountId ?? '') };
        if (customerId === undefined && accountId === undefined) throw NOTHING_ASKED;
        const ready = requireReady(connection);
        return answerSalesforceProblems(async () => previewAccount(await openContext(ready), asked));
      },
    }),
    route({
      method: 'post',
      path: `${BASE}/preflight`,
      tag,
      summary: 'Try the export on a sample of Accounts without keeping the result',
      description:
        'Salesforce runs all of its rules on real Accounts and then rolls everything back. Costs about one API call for 199 Accounts.',
      body: z.object({ sample: z.int().min(1).max(2000).default(200) }),
      status: 202,
      answer: z.object({ id: z.string() }),
      problems: { 409: 'The connection is not ready to export, or a preflight is under way' },
      handle: async ({ connection, body: { sample }, actor }) => {
        const { id: connectionId } = requireReady(connection);
        const id = randomUUID();
        const isNew = await db.transaction().execute(async (trx) => {
          if (!(await insertPreflight(trx, connectionId, { id, sample, startedBy: actor.name })))
            return false;
          const entry = { connectionId, actor: actor.name, action: 'preflight started', subject: id };
          await recordAudit(trx, { ...entry, details: { sample } });
          return true;
        });
        if (!isNew) throw conflict(UNDER_WAY);
        kick(connectionId);
        return { id };
      },
    }),
    route({
      method: 'get',
      path: `${BASE}/preflight`,
      tag,
      summary: 'Show the last preflight',
      answer: preflightSchema.nullable(),
      handle: async ({ connection }) => (await readPreflight(db, connection.id)) ?? null,
    }),
  ];
}

function requireReady(connection: Connection): ExportingConnection {
  const refusal = refuseStart(connection, 'check');
  if (refusal !== undefined) throw conflict(refusal);
  if (!isReady(connection)) throw new Error('A connection that nothing refuses is ready');
  return connection;
}

const NOTHING_ASKED = new ApiProblem({
  status: 422,
  code: 'invalid-request',
  title: 'The request does not fit',
  detail: 'Give customerId or accountId.',
  extra: { errors: [{ field: 'customerId', problem: 'Give customerId or accountId.' }] },
});

const UNDER_WAY = {
  code: 'preflight-under-way',
  message: 'A preflight is under way.',
  explanation: 'Nothing was started.',
  action: 'Wait for its end.',
};
