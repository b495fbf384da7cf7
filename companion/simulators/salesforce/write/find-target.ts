import type { VisibleObject } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';

export type Target = { ok: true; id: string } | { ok: false; error: RowError };

/** Finds the record that an id names, for a change or a deletion. */
export function findTarget(org: SimulatedOrg, object: VisibleObject, text: string): Target {
  const id = normalizeId(text);
  if (id === null) return refuse('MALFORMED_ID', `malformed id ${text}`, ['Id']);
  if (!id.startsWith(object.schema.keyPrefix)) {
    return refuse('MALFORMED_ID', `${object.schema.label} ID: id value of incorrect type: ${text}`, ['Id']);
  }
  const record = org.store.get(object.schema.name, id);
  if (record === undefined) return refuse('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  if (record.IsDeleted === true) return refuse('ENTITY_IS_DELETED', 'entity is deleted');
  return { ok: true, id };
}

function refuse(statusCode: string, message: string, fields: string[] = []): Target {
  return { ok: false, error: { statusCode, message, fields } };
}
