import { z } from 'zod';
import { isReady, type Connection } from '../../connect/connection.ts';
import { upflowClientFor } from '../../connect/upflow-client.ts';
import { STOPPED, explainSkip } from '../../import/7-report.ts';
import type { SettingsGrounds } from '../../import/change-settings.ts';
import { listImportFields } from '../../import/list-import-fields.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import { addImportRun, findImportRun, listImportRuns } from '../../store/import-runs.ts';
import { readImportSettings } from '../../store/import-settings.ts';
import { countSkips, listSkips } from '../../store/import-skips.ts';
import { listCustomFields } from '../../upflow/custom-fields.ts';
import { settingsRoutes } from './import-settings.ts';
import { fieldsAnswer, reportSchema, runSchema } from './import-shapes.ts';
import { cutPage, nextPage, pageQuery, readCursor } from './page.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { answerSalesforceProblems, conflict } from './salesforce-problem.ts';
import { answerUpflowProblems } from './upflow-problem.ts';

const RUNS = '/v1/connections/:connectionId/import-runs';
const tag = 'Import';

const NOT_READY = {
  code: 'not-ready',
  message: 'The connection cannot import as it stands.',
  explanation: 'It must be connected to Salesforce, and have its shared identifier.',
  action: 'Connect Salesforce and choose the shared identifier first.',
};

/** What is imported from Salesforce, and how its runs went. */
export function importRoutes(services: Services): ApiRoute[] {
  const { database, kickImport } = services;
  const { db } = database;
  const grounds = (connection: Connection) => gatherGrounds(services, connection);

  return [
    ...settingsRoutes(services, grounds),
    route({
      method: 'get',
      path: '/v1/connections/:connectionId/import-fields',
      tag,
      summary: 'List the fields that can be imported',
      description:
        'The fields of Account and Contact that the integration user sees, with why some cannot be imported, and the custom fields of Upflow.',
      answer: fieldsAnswer,
      problems: { 409: 'Not connected', 502: 'Salesforce or Upflow gave no answer' },
      handle: async ({ connection }) => {
        const { options, upflowFields } = await grounds(connection);
        return {
          customer: [...options.customer],
          contact: [...options.contact],
          upflow: [...upflowFields],
        };
      },
    }),
    route({
      method: 'post',
      path: RUNS,
      tag,
      summary: 'Start an import now',
      description: '`full` reads and compares everything, as it is done once a day anyway.',
      body: z.object({ full: z.boolean().default(false) }),
      status: 202,
      answer: runSchema,
      problems: { 409: 'An import is under way, or the connection cannot import as it stands' },
      handle: async ({ connection, body: { full }, actor }) => {
        const { id } = connection;
        if (!isReady(connection)) throw conflict(NOT_READY);
        const { owners, contacts, fields } = await readImportSettings(db, id);
        if ((owners || contacts || fields.length > 0) && connection.upflow === undefined)
          throw conflict(STOPPED.noUpflow);
        const kind = full ? 'full' : 'changes';
        const runId = await db.transaction().execute(async (trx) => {
          const added = await addImportRun(trx, id, { kind, by: actor.name });
          if (added !== undefined) {
            await recordAudit(trx, {
              connectionId: id,
              actor: actor.name,
              action: 'import started',
              subject: added,
              details: { kind },
            });
          }
          return added;
        });
        if (runId === undefined) throw conflict(UNDER_WAY);
        kickImport(id);
        const run = await findImportRun(db, id, runId);
        if (run === undefined) throw UNKNOWN_RUN;
        return run;
      },
    }),
    route({
      method: 'get',
      path: RUNS,
      tag,
      summary: 'List imports, newest first',
      query: z.object(pageQuery),
      answer: z.object({ rows: z.array(runSchema), next: nextPage }),
      handle: async ({ connection, query: { limit, after } }) => {
        const before = readCursor(after, z.coerce.date()) ?? null;
        const runs = await listImportRuns(db, connection.id, { limit: limit + 1, before });
        return cutPage(runs, limit, ({ createdAt }) => createdAt);
      },
    }),
    route({
      method: 'get',
      path: `${RUNS}/:runId`,
      tag,
      summary: 'Show how an import went, with what it skipped and why',
      description: 'With `present` for the run: all that is skipped today, whichever run found it.',
      params: z.object({ runId: z.union([z.uuid(), z.literal('present')]) }),
      query: z.object({ ...pageQuery, code: z.string().max(100).optional() }),
      answer: reportSchema,
      problems: { 404: 'There is no such run' },
      handle: async ({ connection, params, query: { limit, after, code } }) => {
        const runId = params.runId === 'present' ? null : params.runId;
        const run = runId === null ? null : await findImportRun(db, connection.id, runId);
        if (run === undefined) throw UNKNOWN_RUN;
        const place = readCursor(after, z.int()) ?? 0;
        const what = { runId, code: code ?? null, after: place, limit: limit + 1 };
        const page = cutPage(await listSkips(db, connection.id, what), limit, ({ id }) => id);
        return {
          run,
          skipped: (await countSkips(db, connection.id, runId)).map((one) => ({
            ...one,
            ...explainSkip(one),
          })),
          rows: page.rows.map((row) => ({ ...row, ...explainSkip(row), id: String(row.id) })),
          next: page.next,
        };
      },
    }),
  ];
}

async function gatherGrounds(services: Services, connection: Connection): Promise<SettingsGrounds> {
  if (connection.state !== 'connected') throw conflict(NOT_READY);
  const { upflow } = connection;
  if (upflow === undefined) throw conflict(STOPPED.noUpflow);
  const client = services.clients.of(connection);
  const [customer, contact] = await answerSalesforceProblems(() =>
    client.call((calls) =>
      Promise.all([listImportFields(calls, 'customer'), listImportFields(calls, 'contact')]),
    ),
  );
  const upflowFields = await answerUpflowProblems(() =>
    listCustomFields(upflowClientFor(services, connection.id, upflow)),
  );
  return { options: { customer, contact }, upflowFields };
}

const UNDER_WAY = {
  code: 'import-under-way',
  message: 'An import is under way.',
  explanation: 'There is never more than one at a time.',
  action: 'Wait for its end.',
};

const UNKNOWN_RUN = new ApiProblem({
  status: 404,
  code: 'unknown-run',
  title: 'There is no such import',
  detail: 'The address names an import that this connection never had, or that was forgotten after 30 days.',
});
