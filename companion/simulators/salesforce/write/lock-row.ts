import type { RowError } from '../http/api-error.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { rowError } from './row-errors.ts';
import type { WriteContext } from './write-context.ts';

/** By object, the field that names the parent which is locked with the record. */
const parentFields: Readonly<Record<string, string>> = {
  Account: 'ParentId',
  Contact: 'AccountId',
  Opportunity: 'AccountId',
};

/** The records that a write of this one locks, as things stand: itself and its parent. */
export function listLocked(org: SimulatedOrg, id: string | null): string[] {
  if (id === null) return [];
  const object = [...org.schema.values()].find(({ keyPrefix }) => id.startsWith(keyPrefix))?.name ?? '';
  const parent = org.store.get(object, id)?.[parentFields[object] ?? ''];
  return typeof parent === 'string' ? [id, parent] : [id];
}

/** Locks what one row writes, or says what it could not get. */
export function lockRow(context: WriteContext, ids: readonly string[]): RowError | null {
  const missed = context.locks.take([...new Set(ids)]);
  if (missed.length === 0) return null;
  const message = `unable to obtain exclusive access to this record or ${missed.length} records: ${missed.join(',')}`;
  return rowError('UNABLE_TO_LOCK_ROW', message);
}
