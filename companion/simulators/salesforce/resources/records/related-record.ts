import type { VisibleObject } from '../../access/resolve-access.ts';
import { param, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { parseRecordBody } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import { findChild } from '../../read/find-child.ts';
import { renderRecord } from '../../read/render-record.ts';
import { findVisibleByKey } from '../../write/find-by-key.ts';
import { readInput } from '../../write/read-input.ts';
import { deleteRecord, updateRecord } from '../../write/save-record.ts';
import { saveRows } from '../../write/save-rows.ts';
import { answerRecord, chooseColumns, requireRecord } from './answer-record.ts';
import { requireSaved } from './single-record.ts';

/** Whether the path names a record and a relationship of it, rather than a field and a value. */
export function namesRelationship(call: ApiCall, object: VisibleObject): boolean {
  const name = param(call, 'field');
  return normalizeId(name) !== null && !object.fields.has(name.toLowerCase());
}

/**
 * GET /sobjects/<object>/<id>/<relationship>: the record that a lookup points to, or the records that point here:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/dome-relationship-traversal.html
 */
export function readRelated(call: ApiCall, object: VisibleObject): Answer {
  const parent = findParent(call, object);
  if (parent !== null)
    return answerRecord(call, parent.object, requireRecord(call, parent.object, parent.id));
  const child = findChild(call, object, param(call, 'value'));
  if (child === null) throw ApiError.notFound();
  const id = String(readHere(call, object).Id);
  const { name } = child.object.schema;
  const columns = chooseColumns(call, child.object);
  const records = findVisibleByKey(call, child.object, child.lookup, id).map((childId) =>
    renderRecord(call, child.object, call.org.store.get(name, childId) ?? {}, columns),
  );
  return { status: 200, body: { totalSize: records.length, done: true, records } };
}

/** PATCH of the record that a lookup points to. */
export function updateRelated(call: ApiCall, from: VisibleObject): Answer {
  const { object, id } = requireParent(call, from);
  const input = readInput(object, parseRecordBody(call.request), call.request.body);
  const save = () => updateRecord(call, id, { object, input });
  requireSaved(saveRows(call, [{ id, save }])[0]);
  return { status: 204, rows: 1 };
}

/** DELETE of the record that a lookup points to. */
export function deleteRelated(call: ApiCall, from: VisibleObject): Answer {
  const { object, id } = requireParent(call, from);
  requireSaved(saveRows(call, [{ id, save: () => deleteRecord(call, object, id) }])[0]);
  return { status: 204, rows: 1 };
}

interface Parent {
  object: VisibleObject;
  id: string;
}

function requireParent(call: ApiCall, object: VisibleObject): Parent {
  const parent = findParent(call, object);
  if (parent === null) throw ApiError.notFound();
  requireRecord(call, parent.object, parent.id);
  return parent;
}

/** Where a lookup of the record leads; null where the relationship is none of a lookup's. */
function findParent(call: ApiCall, object: VisibleObject): Parent | null {
  const wanted = param(call, 'value').toLowerCase();
  const lookup = [...object.fields.values()].find(
    (field) => field.relationshipName?.toLowerCase() === wanted,
  );
  if (lookup === undefined) return null;
  const id = readHere(call, object)[lookup.name];
  const target = lookup.referenceTo
    .map((name) => call.access.get(name.toLowerCase()))
    .find((candidate) => candidate !== undefined && String(id).startsWith(candidate.schema.keyPrefix));
  if (id === undefined || target === undefined) throw ApiError.notFound();
  return { object: target, id: String(id) };
}

function readHere(call: ApiCall, object: VisibleObject) {
  return requireRecord(call, object, normalizeId(param(call, 'field')) ?? '');
}
