import { param, requireObject, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { refuseMethod } from '../../http/find-resource.ts';
import { parseRecordBody } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { readInput } from '../../write/read-input.ts';
import { idInInsert } from '../../write/row-errors.ts';
import { createRecord, deleteRecord, updateRecord, type SaveOutcome } from '../../write/save-record.ts';
import { saveRows } from '../../write/save-rows.ts';
import { answerRecord } from './answer-record.ts';
import {
  checkConditions,
  describeVersion,
  isKnownVersion,
  refuseInvalidConditions,
} from './check-conditions.ts';
import { findRecord } from './find-record.ts';

/** POST /sobjects/<object> */
export function createSingleRecord(call: ApiCall): Answer {
  const id = createOne(call);
  const headers = locate(call, id);
  return { status: 201, headers, body: { id, success: true, errors: [] }, rows: 1 };
}

/** POST /sobjects/<object>/Id: an upsert by an id that is null, which always creates. */
export function createWithNullKey(call: ApiCall): Answer {
  if (param(call, 'id').toLowerCase() !== 'id') {
    throw refuseMethod('POST', ['HEAD', 'GET', 'PATCH', 'DELETE']);
  }
  const id = createOne(call);
  const body = { id, success: true, errors: [], created: true };
  return { status: 201, headers: locate(call, id), body, rows: 1 };
}

function createOne(call: ApiCall): string {
  const object = requireObject(call);
  if (object.schema.name === 'Account') refuseInvalidConditions(call);
  const input = readInput(object, parseRecordBody(call.request), call.request.body);
  if ('Id' in input.changes) {
    throw ApiError.ofRow(400, [idInInsert]);
  }
  const save = (): SaveOutcome => createRecord(call, { object, input });
  return requireSaved(saveRows(call, [{ id: null, save }])[0]);
}

function locate(call: ApiCall, id: string): { Location: string } {
  return { Location: `${call.base}/sobjects/${requireObject(call).schema.name}/${id}` };
}

/** GET /sobjects/<object>/<id>?fields=… */
export function readSingleRecord(call: ApiCall): Answer {
  const object = requireObject(call);
  const { record } = findRecord(call, object);
  const isAccount = object.schema.name === 'Account';
  if (isAccount && isKnownVersion(call, record)) return { status: 304, headers: describeVersion(record) };
  return { ...answerRecord(call, object, record), headers: isAccount ? describeVersion(record) : {} };
}

/** PATCH /sobjects/<object>/<id> */
export function updateSingleRecord(call: ApiCall): Answer {
  const object = requireObject(call);
  const { id, record } = findRecord(call, object);
  const input = readInput(object, parseRecordBody(call.request), call.request.body);
  refuseKeyInBody(input.changes, 'Id');
  const isAccount = object.schema.name === 'Account';
  if (isAccount) checkConditions(call, record);
  const save = (): SaveOutcome => updateRecord(call, id, { object, input });
  requireSaved(saveRows(call, [{ id, save }])[0]);
  const saved = call.org.store.get(object.schema.name, id) ?? record;
  return { status: 204, headers: isAccount ? { ETag: describeVersion(saved).ETag } : {}, rows: 1 };
}

/** DELETE /sobjects/<object>/<id> */
export function deleteSingleRecord(call: ApiCall): Answer {
  const object = requireObject(call);
  const { id } = findRecord(call, object);
  const save = (): SaveOutcome => deleteRecord(call, object, id);
  requireSaved(saveRows(call, [{ id, save }])[0]);
  return { status: 204, rows: 1 };
}

/** The record that a path names cannot be named again in the body. */
export function refuseKeyInBody(changes: object, key: string): void {
  if (!(key in changes)) return;
  throw ApiError.of(400, 'INVALID_FIELD', `The ${key} field should not be specified in the sobject data.`);
}

/** The id of a saved record. A row that failed is an error of the whole request here. */
export function requireSaved(outcome: SaveOutcome | undefined): string {
  if (outcome?.ok) return outcome.id;
  const errors = outcome?.errors ?? [];
  const isForbidden = errors.some((error) => error.statusCode === 'INSUFFICIENT_ACCESS_OR_READONLY');
  throw ApiError.ofRow(isForbidden ? 403 : 400, errors);
}
