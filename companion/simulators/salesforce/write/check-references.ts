import { canSee } from '../access/sharing.ts';
import type { RowError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { ObjectSchema } from '../schema/build-schema.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import type { FieldValue } from '../store/stored-record.ts';
import { changedFields, type Draft } from './draft.ts';
import { deletedRecord, rowError, unknownRecord } from './row-errors.ts';

/** Checks that every lookup leads to a record that exists and that the user may refer to. */
export function checkReferences(draft: Draft): RowError[] {
  return changedFields(draft)
    .filter((field) => field.type === 'reference')
    .flatMap((field) => checkReference(draft, field) ?? []);
}

/** Also completes a 15-character id, as it is kept and shown with 18. */
function checkReference(draft: Draft, field: FieldDefinition): RowError | null {
  const value = draft.changes[field.name] ?? null;
  if (value === null) return field.name === 'OwnerId' ? refuseBlankOwner(draft, field) : null;
  const id = normalizeId(String(value));
  if (id === null) return refuseType(field, value);
  draft.changes[field.name] = id;
  const target = findTarget(draft, field, id);
  if (target === 'unknown') return unknownRecord;
  if (target === null) return refuseType(field, value);
  return checkTarget(draft, target, id);
}

/** The object, among those that the field may refer to, that has such ids. */
function findTarget(
  { context: { org } }: Draft,
  field: FieldDefinition,
  id: string,
): ObjectSchema | 'unknown' | null {
  const targets = field.referenceTo.map((name) => org.schema.get(name.toLowerCase()));
  const found = targets.find((target) => target !== undefined && id.startsWith(target.keyPrefix));
  if (found !== undefined) return found;
  return targets.includes(undefined) ? 'unknown' : null;
}

function checkTarget({ context }: Draft, target: ObjectSchema, id: string): RowError | null {
  const record = context.org.store.get(target.name, id);
  if (record === undefined) return unknownRecord;
  if (record.IsDeleted === true) return deletedRecord;
  const object = context.access.get(target.name.toLowerCase());
  if (object !== undefined && canSee(context, object, record)) return null;
  return rowError(
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
  );
}

/** A new record without an owner is its creator's; one that has an owner keeps having one. */
function refuseBlankOwner(draft: Draft, field: FieldDefinition): RowError | null {
  if (draft.id !== null) {
    return rowError('INVALID_CROSS_REFERENCE_KEY', `${field.label}: owner cannot be blank`, [field.name]);
  }
  delete draft.changes.OwnerId;
  return null;
}

function refuseType(field: FieldDefinition, value: FieldValue): RowError {
  return rowError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
}
