import type { VisibleObject } from '../../access/resolve-access.ts';
import { canSee } from '../../access/sharing.ts';
import { queryParam, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Answer } from '../../http/send-answer.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import { findColumns } from '../../read/find-columns.ts';
import { renderRecord } from '../../read/render-record.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { deletedRecord } from '../../write/row-errors.ts';

/** A record with the fields that the request wants, or all of them. */
export function answerRecord(call: ApiCall, object: VisibleObject, record: StoredRecord): Answer {
  return { status: 200, body: renderRecord(call, object, record, chooseColumns(call, object)) };
}

/** The fields that the request wants of an object, or all that the user sees. */
export function chooseColumns(call: ApiCall, object: VisibleObject): ReturnType<typeof findColumns> {
  const names = queryParam(call, 'fields')?.split(',');
  return names === undefined ? [...object.fields.values()] : findColumns(object, names);
}

/** A live record by its id. */
export function requireRecord(call: ApiCall, object: VisibleObject, id: string): StoredRecord {
  const record = call.org.store.get(object.schema.name, id);
  const isThere = record !== undefined && record.IsDeleted !== true && canSee(call, object, record);
  if (!isThere) throw missingRecord(call, object, id);
  return record;
}

/** Why there is no such record: it was deleted, or never was. */
export function missingRecord(call: ApiCall, object: VisibleObject, id: string): ApiError {
  const record = call.org.store.get(object.schema.name, normalizeId(id) ?? '');
  if (record?.IsDeleted === true && canSee(call, object, record)) return ApiError.ofRow(404, [deletedRecord]);
  return ApiError.notFound();
}
