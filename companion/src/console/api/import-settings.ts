import { isReady, type Connection } from '../../connect/connection.ts';
import { upflowClientFor } from '../../connect/upflow-client.ts';
import type { ImportSettings, ImportedField } from '../../connect/import-settings.ts';
import { STOPPED } from '../../import/7-report.ts';
import {
  findSettingsProblems,
  needsGrounds,
  toImportedField,
  withOrgNames,
  type ChosenSettings,
  type SettingsGrounds,
} from '../../import/change-settings.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import { countImported } from '../../store/import-customers.ts';
import { addImportRun, stopImportRuns } from '../../store/import-runs.ts';
import { readImportSettings, saveImportSettings } from '../../store/import-settings.ts';
import { createCustomField, type UpflowField } from '../../upflow/custom-fields.ts';
import { nextRunOf } from '../../watch/plan-schedule.ts';
import { settingsAnswer, settingsBody } from './import-shapes.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { conflict } from './salesforce-problem.ts';
import { answerUpflowProblems } from './upflow-problem.ts';

const tag = 'Import';
const PATH = '/v1/connections/:connectionId/import-settings';

/** What is imported. */
export function settingsRoutes(
  services: Services,
  gather: (connection: Connection) => Promise<SettingsGrounds>,
): ApiRoute[] {
  const { database, kickImport } = services;
  const { db } = database;
  const show = async (connection: Connection) => {
    const { revision: _, ...settings } = await readImportSettings(db, connection.id);
    const isRegular = isReady(connection) && connection.upflow !== undefined;
    return {
      ...settings,
      filter: settings.filter && { ...settings.filter, values: [...settings.filter.values] },
      fields: [...settings.fields],
      imported: await countImported(db, connection.id),
      nextRunAt: isRegular ? nextRunOf('import', new Date()) : null,
    };
  };

  /** Custom fields are created before anything is kept: one that cannot be created must not be chosen. */
  async function findTargets(connection: Connection, chosen: ChosenSettings, grounds: SettingsGrounds) {
    const { upflow } = connection;
    const fields: ImportedField[] = [];
    for (const field of chosen.fields) {
      const { level, create, upflowId } = field;
      let target: UpflowField | undefined = grounds.upflowFields.find(({ id }) => id === upflowId);
      if (create !== undefined) {
        if (upflow === undefined) throw conflict(STOPPED.noUpflow);
        const client = upflowClientFor(services, connection.id, upflow);
        target = await answerUpflowProblems(() => createCustomField(client, { ...create, level }));
      }
      if (target !== undefined) fields.push(toImportedField(field, target, grounds));
    }
    return fields;
  }

  return [
    route({
      method: 'get',
      path: PATH,
      tag,
      summary: 'Show what is imported',
      answer: settingsAnswer,
      handle: ({ connection }) => show(connection),
    }),
    route({
      method: 'put',
      path: PATH,
      tag,
      summary: 'Choose what is imported',
      description:
        'Contacts of matched Accounts replace those of the billing tool; turning them off removes all that were imported. An import begins at once.',
      body: settingsBody,
      answer: settingsAnswer,
      problems: { 409: 'The connection is not connected', 502: 'Salesforce or Upflow gave no answer' },
      handle: async ({ connection, body, actor }) => {
        const { id } = connection;
        let chosen: ChosenSettings = body;
        let fields: ImportedField[] = [];
        if (needsGrounds(body)) {
          const grounds = await gather(connection);
          const problems = findSettingsProblems(body, grounds);
          if (problems.length > 0) throw refuseSettings(problems);
          chosen = withOrgNames(body, grounds);
          fields = await findTargets(connection, chosen, grounds);
        }
        const before = await readImportSettings(db, id);
        const settings = { ...chosen, fields };
        await db.transaction().execute(async (trx) => {
          const saved = await saveImportSettings(trx, id, settings);
          await stopImportRuns(trx, id, STOPPED.settings);
          const kind = before.contacts && !settings.contacts ? 'purge' : 'changes';
          if (connection.upflow !== undefined && (kind === 'purge' || isReady(connection)))
            await addImportRun(trx, id, { kind, by: actor.name });
          await recordAudit(trx, {
            connectionId: id,
            actor: actor.name,
            action: 'import settings changed',
            details: { before: describe(before), after: describe(saved) },
          });
        });
        kickImport(id);
        return show(connection);
      },
    }),
  ];
}

/** What the audit log says of settings. */
function describe({ owners, contacts, filter, positions, fields }: ImportSettings) {
  return {
    owners,
    contacts,
    filter: filter === null ? null : filter.field,
    positions: positions === null ? null : positions.field,
    fields: fields.map(({ level, field, upflowId }) => ({ level, field, upflowId })),
  };
}

function refuseSettings(errors: { field: string; problem: string }[]): ApiProblem {
  return new ApiProblem({
    status: 422,
    code: 'unusable-settings',
    title: 'This cannot be imported so',
    detail: errors.map(({ field, problem }) => `${field}: ${problem}`).join(' '),
    extra: { errors },
  });
}
