import type { VisibleField, VisibleObject } from '../../access/resolve-access.ts';
import { requireObject, type ApiCall } from '../../http/api-call.ts';
import { ApiError, type RowError } from '../../http/api-error.ts';
import type { Answer } from '../../http/send-answer.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import { foldValue, type FieldValue } from '../../store/stored-record.ts';
import { answerRows } from '../../write/answer-rows.ts';
import { findVisibleByKey, missingKey } from '../../write/find-by-key.ts';
import { readCollection, type CollectionRow } from '../../write/read-collection.ts';
import { readRowInput, type RecordInput } from '../../write/read-input.ts';
import { failed, rowError, unknownRecord } from '../../write/row-errors.ts';
import { createRecord, updateRecord, type SaveOutcome, type SaveRequest } from '../../write/save-record.ts';
import { planRefusal, saveRows, type RowPlan } from '../../write/save-rows.ts';
import type { WriteContext } from '../../write/write-context.ts';
import { requireKeyField } from '../records/require-key-field.ts';

/** PATCH /composite/sobjects/<object>/<external id field> */
export function upsertRecords(call: ApiCall): Answer {
  const object = requireObject(call);
  const key = requireKeyField(call, object);
  const { rows, allOrNone } = readCollection(call);
  refuseOthers(object, rows);
  const readings = rows.map(({ record }) => readRowInput(object, record, call.request.body));
  const inputs = readings.flatMap((reading) => (reading.ok ? [reading.input] : []));
  const uses = countKeys(inputs, key);
  const plans = readings.map((reading) =>
    reading.ok
      ? planUpsert(call, { object, key, input: reading.input, uses })
      : planRefusal(null, reading.error),
  );
  return answerRows(saveRows(call, plans, allOrNone), true);
}

/** The rows of an upsert are all of the object that the path names. */
function refuseOthers(object: VisibleObject, rows: CollectionRow[]): void {
  const other = rows.find((row) => row.object !== object)?.object.schema.name;
  if (other === undefined) return;
  const message = `The request is for records of type ${object.schema.name}, and has one of type ${other}.`;
  throw ApiError.of(400, 'INVALID_TYPE', message);
}

/** One row of an upsert: its object, the field that tells records apart, and how often each key is used. */
export interface Upsert {
  object: VisibleObject;
  key: VisibleField;
  input: RecordInput;
  uses: Map<string, number>;
}

/** Plans the upsert of a row. */
export function planUpsert(context: WriteContext, { object, key, input, uses }: Upsert): RowPlan {
  const value = input.changes[key.name] ?? null;
  const found = value === null ? [] : findVisibleByKey(context, object, key, value);
  const [id = null] = found;
  return {
    id,
    save: () => {
      const trouble = checkKey(key, value, { found: found.length, uses });
      if (trouble !== null) return failed(id === null, trouble);
      return save(context, id, { object, input: withoutKey(input, key, id !== null) });
    },
  };
}

function save(context: WriteContext, id: string | null, request: SaveRequest): SaveOutcome {
  return id === null ? createRecord(context, request) : updateRecord(context, id, request);
}

/** An id is never written, and the key of a record that was found by it is no change. */
function withoutKey(input: RecordInput, key: VisibleField, exists: boolean): RecordInput {
  if (!exists && key.name !== 'Id') return input;
  const fields = input.fields.filter((field) => field.name !== key.name);
  const changes = Object.fromEntries(Object.entries(input.changes).filter(([name]) => name !== key.name));
  return { ...input, fields, changes };
}

function checkKey(
  key: VisibleField,
  value: FieldValue | null,
  { found, uses }: { found: number; uses: Map<string, number> },
): RowError | null {
  if (value === null) {
    if (key.name === 'Id') return null;
    return missingKey(key);
  }
  if ((uses.get(foldKey(key, value)) ?? 0) > 1) {
    return rowError('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`, [key.name]);
  }
  if (found > 1) {
    const message = `${key.name}: more than one record found for external id field: [${value}]`;
    return rowError('DUPLICATE_EXTERNAL_ID', message, [key.name]);
  }
  return found === 0 && key.name === 'Id' ? unknownRecord : null;
}

/** How often each key is used by the rows of one request. */
export function countKeys(inputs: RecordInput[], key: VisibleField): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { changes } of inputs) {
    const value = changes[key.name] ?? null;
    if (value === null) continue;
    const folded = foldKey(key, value);
    uses.set(folded, (uses.get(folded) ?? 0) + 1);
  }
  return uses;
}

/** An id may be written with 15 or 18 characters. */
function foldKey(key: VisibleField, value: FieldValue): string {
  const id = key.name === 'Id' ? normalizeId(String(value)) : null;
  return id ?? foldValue(value, key.caseSensitive);
}
