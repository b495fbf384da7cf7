import { z } from 'zod';
import { startRun } from '../../export/start-run.ts';
import { recordAudit } from '../../store/audit.ts';
import {
  cancelRun,
  findRun,
  listRuns,
  pauseRun,
  resumeRun,
  tellRun,
  type ExportRun,
} from '../../store/export-runs.ts';
import type { Services } from '../../services.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { answerSalesforceProblems, conflict } from './salesforce-problem.ts';

const BASE = '/v1/connections/:connectionId/exports';
const tag = 'Exports';

const runSchema = z.object({
  id: z.string(),
  kind: z.enum(['full', 'selection', 'mapping']),
  state: z.enum(['running', 'paused', 'done', 'cancelled']),
  total: z.int(),
  done: z.int(),
  inJob: z.int(),
  counts: z.record(z.string(), z.int()),
  startedAt: z.date(),
  startedBy: z.string(),
  endedAt: z.date().nullable(),
  perMinute: z.number().nullable(),
  estimateMinutes: z.number().nullable(),
});

const startSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('full') }),
  z.object({
    kind: z.literal('selection'),
    customerIds: z.array(z.string().min(1).max(36)).min(1).max(10_000),
  }),
]);

const runParams = z.object({ runId: z.uuid() });

/** Exports that a person starts: all customers, or some of them. */
export function exportRoutes({ database: { db }, clients, directory, kick }: Services): ApiRoute[] {
  const find = async (connectionId: string, runId: string) => {
    const run = await findRun(db, connectionId, runId);
    if (run === undefined) throw UNKNOWN_RUN;
    return describeRun(run);
  };

  function changeRoute(
    verb: 'pause' | 'resume' | 'cancel',
    summary: string,
    change: typeof pauseRun,
    refusal: string,
  ): ApiRoute {
    return route({
      method: 'post',
      path: `${BASE}/:runId/${verb}` as const,
      tag,
      summary,
      params: runParams,
      answer: runSchema,
      problems: { 404: 'There is no such run', 409: refusal },
      handle: async ({ connection, params: { runId }, actor }) => {
        const { id } = connection;
        const isChanged = await db.transaction().execute(async (trx) => {
          if (!(await change(trx, id, runId))) return false;
          const past = ({ pause: 'paused', resume: 'resumed', cancel: 'cancelled' } as const)[verb];
          await tellRun(trx, id, runId);
          await recordAudit(trx, {
            connectionId: id,
            actor: actor.name,
            action: `export ${past}`,
            subject: runId,
          });
          return true;
        });
        const run = await find(id, runId);
        if (!isChanged) {
          const action = 'Look at it again: it may have ended meanwhile.';
          throw conflict({
            code: 'wrong-state',
            message: refusal,
            explanation: 'Nothing was changed.',
            action,
          });
        }
        kick(id);
        return run;
      },
    });
  }

  return [
    route({
      method: 'post',
      path: BASE,
      tag,
      summary: 'Start an export',
      description:
        'Writes every mapped field anew, for all customers or for those given. The first full one turns the export on: from then, pushes are written as they come.',
      body: startSchema,
      status: 202,
      answer: runSchema,
      problems: {
        409: 'The connection cannot export as it stands, or another full export is under way',
        502: 'Salesforce could not be asked',
      },
      handle: async ({ connection, body, actor }) => {
        const started = await answerSalesforceProblems(() =>
          startRun({ db, clients }, connection, body, actor.name),
        );
        if ('refused' in started) throw conflict(started.refused);
        directory.forget(connection.id);
        kick(connection.id);
        return find(connection.id, started.runId);
      },
    }),
    route({
      method: 'get',
      path: BASE,
      tag,
      summary: 'List exports, newest first',
      answer: z.object({ rows: z.array(runSchema) }),
      handle: async ({ connection }) => ({ rows: (await listRuns(db, connection.id)).map(describeRun) }),
    }),
    route({
      method: 'get',
      path: `${BASE}/:runId`,
      tag,
      summary: 'Show an export and how far it is',
      params: runParams,
      answer: runSchema,
      problems: { 404: 'There is no such run' },
      handle: ({ connection, params }) => find(connection.id, params.runId),
    }),
    changeRoute('pause', 'Pause an export', pauseRun, 'The run is not running.'),
    changeRoute('resume', 'Go on with a paused export', resumeRun, 'The run is not paused.'),
    changeRoute('cancel', 'End an export early', cancelRun, 'The run has ended.'),
  ];
}

function describeRun({ seconds, ...run }: ExportRun) {
  const done = Object.values(run.counts).reduce((sum, count) => sum + count, 0);
  const total = Math.max(run.total, done);
  const perMinute = done === 0 || seconds <= 0 ? null : Math.round((done / seconds) * 60);
  const isOpen = run.state === 'running' || run.state === 'paused';
  const estimateMinutes = isOpen && perMinute ? Math.ceil((total - done) / perMinute) : null;
  return { ...run, total, done, perMinute, estimateMinutes };
}

const UNKNOWN_RUN = new ApiProblem({
  status: 404,
  code: 'unknown-run',
  title: 'There is no such run',
  detail: 'The address names an export that this connection never had.',
});
