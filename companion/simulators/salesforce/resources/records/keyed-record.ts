import type { VisibleField, VisibleObject } from '../../access/resolve-access.ts';
import { param, queryFlag, requireObject, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { parseRecordBody } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import type { FieldValue } from '../../store/stored-record.ts';
import { convertValue } from '../../write/convert-value.ts';
import { findVisibleByKey, missingKey } from '../../write/find-by-key.ts';
import { readInput } from '../../write/read-input.ts';
import { createRecord, deleteRecord, updateRecord, type SaveOutcome } from '../../write/save-record.ts';
import { saveRows } from '../../write/save-rows.ts';
import { answerRecord, missingRecord, requireRecord } from './answer-record.ts';
import { deleteRelated, namesRelationship, readRelated, updateRelated } from './related-record.ts';
import { requireKeyField } from './require-key-field.ts';
import { refuseKeyInBody, requireSaved } from './single-record.ts';

const FIRST_VERSION_THAT_ANSWERS_UPDATES = 46;

/** GET /sobjects/<object>/<external id field>/<value>, or /sobjects/<object>/<id>/<relationship> */
export function readKeyedRecord(call: ApiCall): Answer {
  const object = requireObject(call);
  if (namesRelationship(call, object)) return readRelated(call, object);
  const found = findKeyed(call, object, requireKeyField(call, object));
  if (found.length > 1) return answerSeveral(call, object, found);
  return answerRecord(call, object, requireRecord(call, object, found[0] ?? ''));
}

/** PATCH /sobjects/<object>/<external id field>/<value>, or /sobjects/<object>/<id>/<relationship> */
export function upsertKeyedRecord(call: ApiCall): Answer {
  const object = requireObject(call);
  if (namesRelationship(call, object)) return updateRelated(call, object);
  const key = requireKeyField(call, object);
  if (keyValue(call, key) === null) throw ApiError.ofRow(400, [missingKey(key)]);
  const found = findKeyed(call, object, key);
  if (found.length > 1) return answerSeveral(call, object, found);
  const input = readInput(object, parseRecordBody(call.request), call.request.body);
  refuseKeyInBody(input.changes, 'Id');
  refuseKeyInBody(input.changes, key.name);
  const [id = null] = found;
  // A record cannot be created with an id of the client's choice.
  const isNeeded = key.name === 'Id' || queryFlag(call, 'updateOnly');
  if (id === null && isNeeded) throw missingRecord(call, object, param(call, 'value'));
  const keyed = {
    ...input,
    fields: [...input.fields, key],
    changes: { ...input.changes, [key.name]: keyValue(call, key) },
  };
  const save = (): SaveOutcome =>
    id === null ? createRecord(call, { object, input: keyed }) : updateRecord(call, id, { object, input });
  const savedId = requireSaved(saveRows(call, [{ id, save }])[0]);
  return answerUpsert(call, object, { id: savedId, created: id === null });
}

/** DELETE /sobjects/<object>/<external id field>/<value>, or /sobjects/<object>/<id>/<relationship> */
export function deleteKeyedRecord(call: ApiCall): Answer {
  const object = requireObject(call);
  if (namesRelationship(call, object)) return deleteRelated(call, object);
  const found = findKeyed(call, object, requireKeyField(call, object));
  if (found.length > 1) return answerSeveral(call, object, found);
  const id = String(requireRecord(call, object, found[0] ?? '').Id);
  requireSaved(saveRows(call, [{ id, save: () => deleteRecord(call, object, id) }])[0]);
  return { status: 204, rows: 1 };
}

function answerUpsert(call: ApiCall, object: VisibleObject, row: { id: string; created: boolean }): Answer {
  if (!row.created && call.version < FIRST_VERSION_THAT_ANSWERS_UPDATES) return { status: 204, rows: 1 };
  const body = { id: row.id, success: true, errors: [], created: row.created };
  if (!row.created) return { status: 200, body, rows: 1 };
  const headers = { Location: `${call.base}/sobjects/${object.schema.name}/${row.id}` };
  return { status: 201, headers, body, rows: 1 };
}

/** Several records hold the value: their addresses, and nothing is written. */
function answerSeveral(call: ApiCall, object: VisibleObject, ids: string[]): Answer {
  return { status: 300, body: ids.map((id) => `${call.base}/sobjects/${object.schema.name}/${id}`) };
}

function findKeyed(call: ApiCall, object: VisibleObject, key: VisibleField): string[] {
  const value = keyValue(call, key);
  return value === null ? [] : findVisibleByKey(call, object, key, value);
}

function keyValue(call: ApiCall, key: VisibleField): FieldValue | null {
  const conversion = convertValue(key, param(call, 'value'));
  return conversion.ok ? conversion.value : null;
}
