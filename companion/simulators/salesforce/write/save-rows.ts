import type { RowError } from '../http/api-error.ts';
import { listLocked, lockRow } from './lock-row.ts';
import type { SaveOutcome } from './save-record.ts';
import type { WriteContext } from './write-context.ts';

/** One row of a write: the record it is for, if known before the write, and how to write it. */
export interface RowPlan {
  id: string | null;
  save: () => SaveOutcome;
}

/** A row that is not worth writing: it fails with this error. */
export function planRefusal(id: string | null, error: RowError): RowPlan {
  return { id, save: () => ({ ok: false, errors: [error], created: id === null }) };
}

export const maintenanceError: RowError = {
  statusCode: 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
  message: "Updates can't be made during maintenance. Try again when maintenance is complete.",
  fields: [],
};

const rolledBack: RowError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

/** Writes rows in their order. With `allOrNone`, one bad row takes the good ones back. */
export function saveRows(context: WriteContext, plans: RowPlan[], allOrNone = false): SaveOutcome[] {
  const start = context.org.store.savepoint();
  const outcomes = plans.map((plan, index) => saveRow(context, plan, index));
  const settled = allOrNone && outcomes.some((outcome) => !outcome.ok) ? rollBack(outcomes) : outcomes;
  if (settled !== outcomes) context.org.store.rollbackTo(start);
  for (const outcome of settled) context.org.stats.countRow(outcome.ok);
  return settled;
}

function saveRow(context: WriteContext, plan: RowPlan, index: number): SaveOutcome {
  if (context.maintenance) return { ok: false, errors: [maintenanceError], created: plan.id === null };
  const [fault] = context.faults.flatMap(
    (armed) => armed.failRow((context.firstRow ?? 0) + index, plan.id) ?? [],
  );
  if (fault !== undefined) return { ok: false, errors: [fault], created: plan.id === null };
  return saveLocked(context, plan);
}

/** A row that cannot be locked is as if it had never been saved. */
function saveLocked(context: WriteContext, plan: RowPlan): SaveOutcome {
  const { store } = context.org;
  const start = store.savepoint();
  const before = listLocked(context.org, plan.id);
  const outcome = plan.save();
  if (!outcome.ok) return outcome;
  const refused = lockRow(context, [...before, ...listLocked(context.org, outcome.id)]);
  if (refused === null) return outcome;
  store.rollbackTo(start);
  return { ok: false, errors: [refused], created: outcome.created };
}

function rollBack(outcomes: SaveOutcome[]): SaveOutcome[] {
  return outcomes.map((outcome) =>
    outcome.ok ? { ok: false, errors: [rolledBack], created: outcome.created } : outcome,
  );
}
