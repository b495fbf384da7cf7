import type { RowError } from '../http/api-error.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { WriteContext } from './write-context.ts';

/** By key prefix: the object, and the field that names the parent which is locked with the record. */
const parentFields = new Map([
  ['001', { object: 'Account', field: 'ParentId' }],
  ['003', { object: 'Contact', field: 'AccountId' }],
  ['006', { object: 'Opportunity', field: 'AccountId' }],
]);

/** The records that a write of this one locks, as things stand: itself and its parent. */
export function listLocked(org: SimulatedOrg, id: string | null): string[] {
  if (id === null) return [];
  const relation = parentFields.get(id.slice(0, 3));
  const parent = relation === undefined ? undefined : org.store.get(relation.object, id)?.[relation.field];
  return typeof parent === 'string' ? [id, parent] : [id];
}

/** Locks what one row writes, or says what it could not get. */
export function lockRow(context: WriteContext, ids: readonly string[]): RowError | null {
  const missed = context.locks.take([...new Set(ids)]);
  if (missed.length === 0) return null;
  const message = `unable to obtain exclusive access to this record or ${missed.length} records: ${missed.join(',')}`;
  return { statusCode: 'UNABLE_TO_LOCK_ROW', message, fields: [] };
}
