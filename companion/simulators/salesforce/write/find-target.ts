import type { VisibleObject } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { deletedRecord, failed, malformedId, rowError, unknownRecord } from './row-errors.ts';
import type { SaveOutcome } from './save-record.ts';

type Target = { ok: true; id: string } | { ok: false; error: RowError };

/** Finds the record that an id names, for a change or a deletion. */
export function findTarget(org: SimulatedOrg, object: VisibleObject, text: string): Target {
  const id = normalizeId(text);
  if (id === null) return { ok: false, error: malformedId(text) };
  if (!id.startsWith(object.schema.keyPrefix)) {
    const message = `${object.schema.label} ID: id value of incorrect type: ${text}`;
    return { ok: false, error: rowError('MALFORMED_ID', message, ['Id']) };
  }
  const record = org.store.get(object.schema.name, id);
  if (record === undefined) return { ok: false, error: unknownRecord };
  return record.IsDeleted === true ? { ok: false, error: deletedRecord } : { ok: true, id };
}

/** Saves the record that an id names, or says why it cannot. */
export function saveTarget(
  org: SimulatedOrg,
  object: VisibleObject,
  text: string,
  save: (id: string) => SaveOutcome,
): SaveOutcome {
  const target = findTarget(org, object, text);
  return target.ok ? save(target.id) : failed(false, target.error);
}
