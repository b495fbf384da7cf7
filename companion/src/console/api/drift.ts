import { z } from 'zod';
import { repairDrift } from '../../audit-drift/repair-drift.ts';
import { refuseAudit } from '../../audit-drift/run-audit.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import {
  addAudit,
  DRIFT_SCHEDULES,
  DRIFT_STATES,
  findAudit,
  listAudits,
  readDriftSetting,
  saveDriftSetting,
} from '../../store/drift-audits.ts';
import { readDriftRows } from '../../store/drift-rows.ts';
import { cursorTime, cutPage, nextPage, pageQuery, readCursor } from './page.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { conflict } from './salesforce-problem.ts';
import { momentShape, reasonShape } from './shapes.ts';

const tag = 'Drift';
const BASE = '/v1/connections/:connectionId';
const AUDITS = `${BASE}/drift-audits` as const;

const auditShape = z.object({
  id: z.string(),
  state: z.enum(DRIFT_STATES),
  ofAudit: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: momentShape,
  startedAt: momentShape.nullable(),
  endedAt: momentShape.nullable(),
  total: z.int(),
  compared: z.int(),
  leftOut: z.int(),
  drifted: z.int(),
  gone: z.int(),
  calls: z.int(),
  counts: z.record(z.string(), z.int()).meta({ description: 'Drifted Accounts by field' }),
  reason: reasonShape.nullable(),
});

const settingShape = z.object({ schedule: z.enum(DRIFT_SCHEDULES), nextAt: momentShape.nullable() });

const auditParams = z.object({ auditId: z.uuid() });

/** Audits of what Accounts show, and the repair of what they found. */
export function driftRoutes({ database: { db }, kick, kickAudit }: Services): ApiRoute[] {
  async function find(connectionId: string, auditId: string) {
    const audit = await findAudit(db, connectionId, auditId);
    if (audit === undefined) throw UNKNOWN_AUDIT;
    return audit;
  }

  return [
    route({
      method: 'get',
      path: AUDITS,
      tag,
      summary: 'List drift audits, newest first',
      query: z.object(pageQuery),
      answer: settingShape.extend({ rows: z.array(auditShape), next: nextPage }),
      async handle({ connection: { id }, query: { limit, after } }) {
        const place = readCursor(after, z.tuple([cursorTime, z.uuid()]));
        const rows = await listAudits(db, id, limit + 1, place);
        return { ...(await readDriftSetting(db, id)), ...cutPage(rows, limit, (row) => [row.place, row.id]) };
      },
    }),
    route({
      method: 'post',
      path: AUDITS,
      tag,
      summary: 'Start a drift audit',
      description: 'Compares what every linked Account shows with what it should; or only those of an audit.',
      body: z.object({
        ofAudit: z
          .uuid()
          .optional()
          .meta({ description: 'Look again only at the Accounts that this audit found' }),
      }),
      status: 202,
      answer: auditShape,
      problems: { 404: 'Unknown connection or audit', 409: 'The connection cannot be audited as it stands' },
      async handle({ connection, body: { ofAudit }, actor }) {
        const { id: connectionId } = connection;
        if (ofAudit !== undefined) await find(connectionId, ofAudit);
        const refusal = await refuseAudit(db, connection, connectionId);
        if (refusal !== undefined) throw conflict(refusal);
        const auditId = await db.transaction().execute(async (trx) => {
          const added = await addAudit(trx, connectionId, { by: actor.name, ofAudit: ofAudit ?? null });
          if (added === undefined) throw ONE_AT_A_TIME;
          await recordAudit(trx, {
            connectionId,
            actor: actor.name,
            action: 'drift audit started',
            subject: added,
          });
          return added;
        });
        kickAudit(connectionId);
        return find(connectionId, auditId);
      },
    }),
    route({
      method: 'get',
      path: `${AUDITS}/:auditId`,
      tag,
      summary: 'Show a drift audit and how far it is',
      params: auditParams,
      answer: auditShape,
      problems: { 404: 'Unknown connection or audit' },
      handle: ({ connection, params }) => find(connection.id, params.auditId),
    }),
    route({
      method: 'get',
      path: `${AUDITS}/:auditId/rows`,
      tag,
      summary: 'List what an audit found',
      params: auditParams,
      query: z.object({
        ...pageQuery,
        field: z.string().max(255).optional().meta({
          description: 'API name of a field; `gone` for Accounts that are gone',
        }),
      }),
      answer: z.object({
        rows: z.array(
          z.object({
            accountId: z.string(),
            customerId: z.string(),
            customerName: z.string(),
            field: z.string().nullable(),
            kind: z.enum(['blanked', 'changed', 'gone']),
            shows: z.string().nullable(),
            shouldShow: z.string().nullable(),
            repair: z.enum(['running', 'done', 'failed']).nullable(),
          }),
        ),
        next: nextPage,
      }),
      problems: { 404: 'Unknown connection or audit' },
      async handle({ connection: { id }, params: { auditId }, query: { limit, after, field } }) {
        await find(id, auditId);
        const place = readCursor(after, z.tuple([z.string(), z.string()]));
        const rows = await readDriftRows(db, id, auditId, field === 'gone' ? '' : field, limit + 1, place);
        const page = cutPage(rows, limit, (row) => [row.accountId, row.field]);
        return {
          rows: page.rows.map((row) => ({ ...row, field: row.field === '' ? null : row.field })),
          next: page.next,
        };
      },
    }),
    route({
      method: 'post',
      path: `${AUDITS}/:auditId/repair`,
      tag,
      summary: 'Repair what an audit found',
      description:
        'Writes the drifted fields anew, and no others, of all Accounts that the audit found or of the given customers. The answer names the export that does it.',
      params: auditParams,
      body: z.object({
        customerIds: z.array(z.string().min(1).max(36)).min(1).max(10_000).optional(),
      }),
      status: 202,
      answer: z.object({ runId: z.string(), customers: z.int() }),
      problems: {
        404: 'Unknown connection or audit',
        409: 'There is nothing to repair, or nothing is written now',
      },
      async handle({ connection, params: { auditId }, body: { customerIds }, actor }) {
        await find(connection.id, auditId);
        const started = await repairDrift(db, connection, auditId, customerIds, actor.name);
        if ('refused' in started) throw conflict(started.refused);
        kick(connection.id);
        return started;
      },
    }),
    route({
      method: 'put',
      path: `${BASE}/drift-schedule`,
      tag,
      summary: 'Set how often Accounts are audited',
      body: settingShape.pick({ schedule: true }),
      answer: settingShape,
      async handle({ connection: { id: connectionId }, body: { schedule }, actor }) {
        await db.transaction().execute(async (trx) => {
          await saveDriftSetting(trx, connectionId, schedule);
          await recordAudit(trx, {
            connectionId,
            actor: actor.name,
            action: 'drift schedule changed',
            details: { schedule },
          });
        });
        return readDriftSetting(db, connectionId);
      },
    }),
  ];
}

const UNKNOWN_AUDIT = new ApiProblem({
  status: 404,
  code: 'unknown-audit',
  title: 'There is no such audit',
  detail: 'The address names a drift audit that this connection never had.',
});

const ONE_AT_A_TIME = conflict({
  code: 'audit-under-way',
  message: 'An audit of this connection is under way.',
  explanation: 'Nothing was started.',
  action: 'Wait for its end.',
});
