import type { VisibleObject } from '../../access/resolve-access.ts';
import { param, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { normalizeId } from '../../org/salesforce-ids.ts';
import type { StoredRecord } from '../../store/stored-record.ts';

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
  if (record === undefined) throw ApiError.notFound();
  if (record.IsDeleted === true) throw ApiError.of(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
  return { id, record };
}
