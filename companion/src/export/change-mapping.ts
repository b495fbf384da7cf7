import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Connection, ExportMapping, FieldChoice } from '../connect/connection.ts';
import type { AccountDescription } from '../salesforce/describe-account.ts';
import { recordAudit } from '../store/audit.ts';
import { cancelRun, findOpenRun, insertRun, tellRun } from '../store/export-runs.ts';
import type { Tables } from '../store/tables.ts';
import { findMappingProblems, listValues, type MappingGrounds } from './check-mapping.ts';
import { choiceFor, fieldFor, resolveTargets } from './map-values.ts';

/** What an admin chooses for a value. `clear` asks that the field which the value leaves be made blank. */
export interface RequestedChoice {
  on: boolean;
  field: string | null;
  clear?: boolean | undefined;
}

export type MappingChange = { mapping: ExportMapping } | { errors: { field: string; problem: string }[] };

/**
 * Changes a mapping. Where the connection exports, a run then has all Accounts written to the new fields, and the
 * fields that are to be blank made so.
 *
 * @returns the mapping as it is now, or each value's problem, and then nothing was changed
 */
export async function changeMapping(
  db: Kysely<Tables>,
  connection: Connection,
  requested: Readonly<Record<string, RequestedChoice>>,
  grounds: MappingGrounds,
  actor: string,
): Promise<MappingChange> {
  const { id, exporting, mapping: before } = connection;
  const mapping = mergeChoices(before, requested, grounds, exporting);
  const changed = Object.keys(requested).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(mapping[name]),
  );
  // What was wrong before and is not touched does not stand in the way of mending something else.
  const errors = findMappingProblems(mapping, grounds).filter(({ field }) => Object.hasOwn(requested, field));
  if (errors.length > 0) return { errors };
  if (changed.length === 0) return { mapping: before };

  const rewritten = listRewritten(before, mapping, grounds.description);
  await db.transaction().execute(async (trx) => {
    await saveMapping(trx, id, mapping);
    if (exporting && rewritten.length > 0) await startMappingRun(trx, id, rewritten, actor);
    const choices = changed.map((value) => ({ value, ...mapping[value] }));
    await recordAudit(trx, {
      connectionId: id,
      actor,
      action: 'export mapping changed',
      details: { choices },
    });
  });
  return { mapping };
}

/** Notes that the fields which values have left are blank on all Accounts. */
export async function endBlanking(trx: Kysely<Tables>, connectionId: string): Promise<void> {
  const { rows } = await sql<{ mapping: ExportMapping }>`
    select export_mapping as mapping from connection where connection_id = ${connectionId} for update`.execute(
    trx,
  );
  const mapping = rows[0]?.mapping ?? {};
  const settled = Object.fromEntries(
    Object.entries(mapping).map(([name, { on, field }]) => [name, { on, field }]),
  );
  if (JSON.stringify(settled) !== JSON.stringify(mapping)) await saveMapping(trx, connectionId, settled);
}

async function saveMapping(trx: Kysely<Tables>, connectionId: string, mapping: ExportMapping): Promise<void> {
  await sql`
    update connection set export_mapping = ${JSON.stringify(mapping)}::json, revision = revision + 1
    where connection_id = ${connectionId}`.execute(trx);
}

function mergeChoices(
  before: ExportMapping,
  requested: Readonly<Record<string, RequestedChoice>>,
  grounds: MappingGrounds,
  exporting: boolean,
): ExportMapping {
  const { description } = grounds;
  const values = new Map(listValues(grounds).map((value) => [value.value, value]));
  const mapping: Record<string, FieldChoice> = { ...before };
  for (const [name, { on, field, clear }] of Object.entries(requested)) {
    const value = values.get(name);
    if (value === undefined) {
      mapping[name] = { on, field };
      continue;
    }
    const packageField = fieldFor(value, { on: true, field: null }, description);
    const isPackageField = field !== null && field.toLowerCase() === packageField?.name.toLowerCase();
    const choice: FieldChoice = { on, field: isPackageField ? null : field };
    const old = fieldFor(value, choiceFor(value, before), description);
    const next = fieldFor(value, choice, description);
    const left = clear && exporting && old !== undefined && old.name !== next?.name ? [old.name] : [];
    const blanking = new Set([...(before[name]?.blanking ?? []), ...left]);
    if (next !== undefined) blanking.delete(next.name);
    mapping[name] = blanking.size > 0 ? { ...choice, blanking: [...blanking] } : choice;
  }
  return mapping;
}

/** The fields whose content is another one from now on: those that values came to, and those to be blank. */
function listRewritten(before: ExportMapping, after: ExportMapping, description: AccountDescription) {
  const list = (mapping: ExportMapping) => {
    const { values, blanked, sync } = resolveTargets(mapping, description);
    return [
      ...values.map(({ value, field }) => `${value.value} ${field.name}`),
      ...Object.values(sync).map(({ name }) => `sync ${name}`),
      ...blanked.map(({ name }) => `blank ${name}`),
    ];
  };
  const known = new Set(list(before));
  return list(after)
    .filter((entry) => !known.has(entry))
    .map((entry) => entry.slice(entry.lastIndexOf(' ') + 1));
}

/** A run that is under way has seen the old mapping, so one that does the work of both takes its place. */
async function startMappingRun(
  trx: Kysely<Tables>,
  connectionId: string,
  forgetFields: readonly string[],
  startedBy: string,
): Promise<void> {
  const open = await findOpenRun(trx, connectionId);
  if (open !== undefined) {
    await cancelRun(trx, connectionId, open.id);
    await tellRun(trx, connectionId, open.id);
  }
  const id = randomUUID();
  await insertRun(trx, connectionId, {
    id,
    kind: open?.kind ?? 'mapping',
    startedBy,
    ...(open === undefined ? { forgetFields } : {}),
  });
  await tellRun(trx, connectionId, id);
}
