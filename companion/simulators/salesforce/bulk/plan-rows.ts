import type { VisibleObject } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import { countKeys, planUpsert } from '../resources/collections/upsert-records.ts';
import { saveTarget } from '../write/find-target.ts';
import type { RecordInput } from '../write/read-input.ts';
import { failed, idInInsert, rowError } from '../write/row-errors.ts';
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
    return { id: planned.id, save: () => failed(planned.id === null, ...row.errors) };
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
    if (text === null) return { id: null, save: () => failed(false, missingId(job)) };
    const work = (id: string): SaveOutcome =>
      job.operation === 'update'
        ? updateRecord(context, id, { object, input: withoutId(input) })
        : removeRecord(context, job, object, id);
    return { id: normalizeId(text), save: () => saveTarget(context.org, object, text, work) };
  };
}

function removeRecord(context: WriteContext, job: BulkJob, object: VisibleObject, id: string): SaveOutcome {
  const outcome = deleteRecord(context, object, id);
  if (outcome.ok && job.operation === 'hardDelete') context.org.store.remove(object.schema.name, id);
  return outcome;
}

function planInsert(context: WriteContext, object: VisibleObject, input: RecordInput): RowPlan {
  if (!('Id' in input.changes)) return { id: null, save: () => createRecord(context, { object, input }) };
  return planRefusal(null, idInInsert);
}

function withoutId(input: RecordInput): RecordInput {
  const { Id: _id, ...changes } = input.changes;
  return { ...input, changes, fields: input.fields.filter((field) => field.name !== 'Id') };
}

function missingId(job: BulkJob): RowError {
  const call = job.operation === 'update' ? 'an update' : 'a delete';
  return rowError('MISSING_ARGUMENT', `Id not specified in ${call} call`);
}
