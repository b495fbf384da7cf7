import type { VisibleObject } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import { changeRecord } from '../org/insert-record.ts';
import { formatTime } from '../org/salesforce-times.ts';
import { findChildRecords } from './child-records.ts';
import { findTarget } from './find-target.ts';
import type { RecordInput } from './read-input.ts';
import { insufficientAccess, rowError, underMaintenance } from './row-errors.ts';
import { updateRecord } from './save-record.ts';
import type { WriteContext } from './write-context.ts';

/** Records of one object that are to become one. */
export interface MergeRequest {
  object: VisibleObject;
  masterId: string;
  /** The records that go; at most two. */
  ids: string[];
  /** What the master is to have from the others. */
  input: RecordInput;
}

export type MergeOutcome =
  | { ok: true; id: string; mergedRecordIds: string[]; updatedRelatedIds: string[] }
  | { ok: false; errors: RowError[] };

const mergeable = ['Account', 'Contact', 'Lead', 'Case'];
const MAX_LOSERS = 2;

/**
 * Merges records: the master takes over what points to the others, and they are deleted with its id as their
 * MasterRecordId: https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_merge.htm
 */
export function mergeRecords(context: WriteContext, request: MergeRequest): MergeOutcome {
  const { object, masterId, ids } = request;
  const trouble = checkMerge(context, request);
  if (trouble !== null) return { ok: false, errors: [trouble] };
  const update = updateRecord(context, masterId, request);
  if (!update.ok) return update;
  const updatedRelatedIds = ids.flatMap((id) => giveAway(context, { object, masterId, id }));
  return { ok: true, id: masterId, mergedRecordIds: ids, updatedRelatedIds };
}

function checkMerge(
  { org, maintenance }: WriteContext,
  { object, masterId, ids }: Omit<MergeRequest, 'input'>,
): RowError | null {
  if (maintenance) return underMaintenance;
  if (!mergeable.includes(object.schema.name)) {
    return rowError('INVALID_OPERATION', `${object.schema.name} records cannot be merged`);
  }
  if (!object.permission.delete) return insufficientAccess;
  if (ids.length === 0 || ids.length > MAX_LOSERS) {
    return rowError('INVALID_OPERATION', `a merge takes 1 to ${MAX_LOSERS} records besides the master`);
  }
  if (ids.includes(masterId) || new Set(ids).size < ids.length) {
    return rowError('INVALID_OPERATION', 'a record cannot be merged with itself');
  }
  const targets = [masterId, ...ids].map((id) => findTarget(org, object, id));
  const missing = targets.find((target) => !target.ok);
  return missing?.ok === false ? missing.error : null;
}

/** Gives what points to a record to the master, and deletes the record. Says which records were changed. */
function giveAway(
  { org, userId }: WriteContext,
  { object, masterId, id }: { object: VisibleObject; masterId: string; id: string },
): string[] {
  const { name } = object.schema;
  const children = findChildRecords(org, name, id).filter((child) => child.id !== masterId);
  for (const child of children) {
    // The platform does this, not the user: only the system's own stamp moves.
    const SystemModstamp = formatTime(org.clock.now());
    org.store.put(child.object, child.id, { [child.lookup.name]: masterId, SystemModstamp });
  }
  changeRecord(org, name, id, { IsDeleted: true, MasterRecordId: masterId }, userId);
  return children.map((child) => child.id);
}
