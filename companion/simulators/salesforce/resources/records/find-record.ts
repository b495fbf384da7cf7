import type { VisibleObject } from '../../access/resolve-access.ts';
import { canSee } from '../../access/sharing.ts';
import { param, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { deletedRecord, unknownRecord } from '../../write/row-errors.ts';

export interface FoundRecord {
  id: string;
  record: StoredRecord;
}

/** The record whose id the path names, for reading and writing alike. */
export function findRecord(call: ApiCall, object: VisibleObject): FoundRecord {
  const text = param(call, 'id');
  const id = normalizeId(text);
  if (id === null) {
    throw ApiError.notFound(`Provided external ID field does not exist or is not accessible: ${text}`);
  }
  const record = call.org.store.get(object.schema.name, id);
  if (record === undefined || !canSee(call, object, record)) throw notThere(call);
  if (record.IsDeleted === true) throw ApiError.ofRow(404, [deletedRecord]);
  return { id, record };
}

/** A record that does not exist and one that the user may not see are the same to the user. */
function notThere(call: ApiCall): ApiError {
  const { method } = call.request;
  if (method === 'GET' || method === 'HEAD') return ApiError.notFound();
  return ApiError.ofRow(404, [unknownRecord]);
}
