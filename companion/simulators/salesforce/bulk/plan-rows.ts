import type { VisibleObject } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import { countKeys, planUpsert } from '../resources/collections/upsert-records.ts';
import { idInInsert } from '../write/check-permission.ts';
import { findTarget } from '../write/find-target.ts';
import type { RecordInput } from '../write/read-input.ts';
import { createRecord, deleteRecord, updateRecord, type SaveOutcome } from '../write/save-record.ts';
import { planRefusal, type RowPlan } from '../write/save-rows.ts';
import type { WriteContext } from '../write/write-context.ts';
import type { BulkJob } from './job-table.ts';
import type { RowInput } from './read-cells.ts';

/** Plans how a job writes some of its rows, with the same code as collections. */
export function planRows(
  context: WriteContext,
  job: BulkJob,
  object: VisibleObject,
  rows: readonly RowInput[],
): RowPlan[] {
  const plan =
    job.operation === 'upsert' ? planUpserts(context, job, object, rows) : planEach(context, job, object);
  return rows.map((row) => {
    const planned = plan(row.input);
    const [error] = row.errors;
    if (error === undefined) return planned;
    return { id: planned.id, save: () => refuse(planned.id === null, ...row.errors) };
  });
}

function planUpserts(
  context: WriteContext,
  job: BulkJob,
  object: VisibleObject,
  rows: readonly RowInput[],
): (input: RecordInput) => RowPlan {
  const key = object.fields.get((job.externalIdFieldName ?? '').toLowerCase());
  if (key === undefined) throw new Error(`The job ${job.id} has no key.`);
  const inputs = rows.map((row) => row.input);
  const uses = countKeys(inputs, key);
  return (input) => planUpsert(context, { object, key, input, uses });
}

function planEach(
  context: WriteContext,
  job: BulkJob,
  object: VisibleObject,
): (input: RecordInput) => RowPlan {
  if (job.operation === 'insert') return (input) => planInsert(context, object, input);
  return (input) => {
    const text = typeof input.changes.Id === 'string' ? input.changes.Id : null;
    const save = (): SaveOutcome => {
      if (text === null) return refuse(false, missingId(job));
      const target = findTarget(context.org, object, text);
      if (!target.ok) return refuse(false, target.error);
      if (job.operation === 'update')
        return updateRecord(context, target.id, { object, input: withoutId(input) });
      const outcome = deleteRecord(context, object, target.id);
      if (outcome.ok && job.operation === 'hardDelete')
        context.org.store.remove(object.schema.name, target.id);
      return outcome;
    };
    return { id: text === null ? null : normalizeId(text), save };
  };
}

function planInsert(context: WriteContext, object: VisibleObject, input: RecordInput): RowPlan {
  if (!('Id' in input.changes)) return { id: null, save: () => createRecord(context, { object, input }) };
  return planRefusal(null, idInInsert);
}

function withoutId({ changes, fields }: RecordInput): RecordInput {
  const { Id: _id, ...rest } = changes;
  return { changes: rest, fields: fields.filter((field) => field.name !== 'Id') };
}

function missingId(job: BulkJob): RowError {
  const call = job.operation === 'update' ? 'an update' : 'a delete';
  return { statusCode: 'MISSING_ARGUMENT', message: `Id not specified in ${call} call`, fields: [] };
}

function refuse(created: boolean, ...errors: RowError[]): SaveOutcome {
  return { ok: false, errors, created };
}
