import type { VisibleObject } from '../access/resolve-access.ts';
import { compileDeletion } from '../access/sharing.ts';
import { changeRecord } from '../org/insert-record.ts';
import { DAY_IN_MS, parseTime } from '../org/salesforce-times.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { checkUnique } from './check-unique.ts';
import { belongsToParent, findChildRecords, findLookups } from './child-records.ts';
import { failed, insufficientAccess, rowError } from './row-errors.ts';
import type { SaveOutcome } from './save-record.ts';
import type { WriteContext } from './write-context.ts';

/** How long a deleted record can be brought back. */
export const BIN_DAYS = 15;
/** Where the store keeps when a table last lost records for good. */
export const purgeTable = '_purged';

// Kept with a record beside its fields, so that no reader of the API sees them.
const withParent = '_DeletedWith';
const emptied = '_EmptiedFromBin';

/** Deletes a record and what belongs to it. `queryAll` still finds them. */
export function moveToRecycleBin(org: SimulatedOrg, objectName: string, id: string, userId: string): void {
  for (const child of findChildRecords(org, objectName, id, belongsToParent)) {
    changeRecord(org, child.object, child.id, { IsDeleted: true, [withParent]: id }, userId);
  }
  changeRecord(org, objectName, id, { IsDeleted: true }, userId);
}

/** Brings a record back with what was deleted with it. What went with its parent comes back only with it. */
export function undeleteRecord(context: WriteContext, object: VisibleObject, id: string): SaveOutcome {
  const { org, userId } = context;
  const { name, fields } = object.schema;
  const record = org.store.get(name, id);
  if (record === undefined || !isInBin(org, record)) {
    return failed(false, rowError('UNDELETE_FAILED', 'Entity is not in the recycle bin'));
  }
  if (!object.permission.delete || !compileDeletion(context, object)(record))
    return failed(false, insufficientAccess);
  const [taken] = checkUnique(org, name, id, [...fields.values()], record);
  if (taken !== undefined) return failed(false, taken);
  changeRecord(org, name, id, { IsDeleted: null, MasterRecordId: null }, userId);
  for (const child of findDeletedWith(org, name, id)) {
    changeRecord(org, child.object, child.id, { IsDeleted: null, [withParent]: null }, userId);
  }
  return { ok: true, id, created: false };
}

/** Empties a record from the bin: it cannot come back, but `queryAll` finds it until it is purged. */
export function emptyFromRecycleBin({ org }: WriteContext, object: VisibleObject, id: string): SaveOutcome {
  const record = org.store.get(object.schema.name, id);
  if (record === undefined || !isInBin(org, record)) {
    return failed(false, rowError('INVALID_ID_FIELD', 'no recycle bin entry found'));
  }
  org.store.put(object.schema.name, id, { [emptied]: true });
  return { ok: true, id, created: false };
}

/** Removes a deleted record for good, with what was deleted with it. Says which ids are gone. */
export function purgeRecord(org: SimulatedOrg, objectName: string, id: string): string[] {
  const record = org.store.get(objectName, id);
  if (record?.IsDeleted !== true) return [];
  const gone = [{ object: objectName, id }, ...findDeletedWith(org, objectName, id)];
  for (const { object, id: goneId } of gone) {
    const at = String(org.store.get(object, goneId)?.SystemModstamp);
    if (at > (lastPurge(org, object) ?? '')) org.store.put(purgeTable, object, { at });
    org.store.remove(object, goneId);
  }
  return gone.map((row) => row.id);
}

/** When the latest of the records was deleted that are gone for good. */
export function lastPurge(org: SimulatedOrg, objectName: string): string | null {
  const at = org.store.get(purgeTable, objectName)?.at;
  return at === undefined ? null : String(at);
}

function isInBin({ clock }: SimulatedOrg, record: StoredRecord): boolean {
  if (record.IsDeleted !== true || withParent in record || emptied in record) return false;
  return parseTime(String(record.SystemModstamp)) > clock.now() - BIN_DAYS * DAY_IN_MS;
}

function findDeletedWith(
  org: SimulatedOrg,
  objectName: string,
  id: string,
): { object: string; id: string }[] {
  return findLookups(org, objectName)
    .filter(({ lookup }) => belongsToParent(lookup))
    .flatMap(({ object, lookup }) => {
      const ids = org.store.find(object, lookup.name, id) ?? [...org.store.rows(object).keys()];
      const gone = ids.filter((childId) => org.store.get(object, childId)?.[withParent] === id);
      return gone.map((childId) => ({ object, id: childId }));
    });
}
