import { compileVisibility } from '../../access/sharing.ts';
import { queryParam, requireObject, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { parseJsonBody } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import { findColumns } from '../../read/find-columns.ts';
import { renderRecord } from '../../read/render-record.ts';
import { refuseTooMany } from '../../write/read-collection.ts';

const MAX_RETRIEVED = 2000;

/** GET /composite/sobjects/<object>?ids=…&fields=… */
export function retrieveRecords(call: ApiCall): Answer {
  const list = (name: string): string[] =>
    (queryParam(call, name) ?? '').split(',').filter((text) => text !== '');
  return retrieve(call, list('ids'), list('fields'));
}

/** POST of the same, for lists that are too long for an address. */
export function retrieveListedRecords(call: ApiCall): Answer {
  const body = parseJsonBody(call.request);
  const list = (name: string): string[] => {
    const value: unknown = body[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  return retrieve(call, list('ids'), list('fields'));
}

/** Answers rows in the order of the ids, with null where a record is missing. */
function retrieve(call: ApiCall, ids: string[], names: string[]): Answer {
  const object = requireObject(call);
  if (ids.length === 0 || names.length === 0) {
    throw ApiError.of(400, 'MISSING_ARGUMENT', 'The ids and fields parameters are required.');
  }
  refuseTooMany(ids.length, MAX_RETRIEVED);
  const columns = findColumns(object, names);
  const isVisible = compileVisibility(call, object);
  const body = ids.map((text) => {
    const record = call.org.store.get(object.schema.name, normalizeId(text) ?? '');
    if (record === undefined || record.IsDeleted === true || !isVisible(record)) return null;
    return renderRecord(call, object, record, columns);
  });
  return { status: 200, body };
}
