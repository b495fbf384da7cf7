import type { RowError } from '../http/api-error.ts';
import { listLocked, lockRow } from './lock-row.ts';
import { failed, rowError, underMaintenance } from './row-errors.ts';
import type { SaveOutcome } from './save-record.ts';
import type { WriteContext } from './write-context.ts';

/** One row of a write: the record it is for, if known before the write, and how to write it. */
export interface RowPlan {
  id: string | null;
  save: () => SaveOutcome;
}

/** A row that is not worth writing: it fails with this error. */
export function planRefusal(id: string | null, error: RowError): RowPlan {
  return { id, save: () => failed(id === null, error) };
}

const rolledBack = rowError(
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'Record rolled back because not all records were valid and the request was using AllOrNone header',
);

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
  if (context.maintenance) return failed(plan.id === null, underMaintenance);
  const [fault] = context.faults.flatMap(
    (armed) => armed.failRow((context.firstRow ?? 0) + index, plan.id) ?? [],
  );
  if (fault !== undefined) return failed(plan.id === null, fault);
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
  return failed(outcome.created, refused);
}

function rollBack(outcomes: SaveOutcome[]): SaveOutcome[] {
  return outcomes.map((outcome) => (outcome.ok ? failed(outcome.created, rolledBack) : outcome));
}
