import type { RowError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { Draft } from './draft.ts';
import { rowError } from './row-errors.ts';

/**
 * Gives a new record its object's default record type where it names none, and refuses a record type that is not one of
 * the object's own. Master is none of them.
 */
export function checkRecordType(draft: Draft): RowError[] {
  const { context, object, changes } = draft;
  const field = object.fields.get('recordtypeid');
  if (field === undefined) return [];
  const value = changes.RecordTypeId ?? null;
  if (value === null) {
    const id = draft.id === null ? findDefault(draft) : undefined;
    if (id !== undefined) changes.RecordTypeId = id;
    return [];
  }
  const id = normalizeId(String(value));
  const recordType = id === null ? undefined : context.org.store.get('RecordType', id);
  if (recordType?.SobjectType === object.schema.name && recordType.IsActive === true) return [];
  const message = `${field.label}: this ID value isn't valid for the user: ${value}`;
  return [rowError('INVALID_CROSS_REFERENCE_KEY', message, [field.name])];
}

/** The first active record type of the object that is not for persons. */
function findDefault({ context, object }: Draft): string | undefined {
  const found = [...context.org.store.rows('RecordType')].find(
    ([, row]) => row.SobjectType === object.schema.name && row.IsActive === true && row.IsPersonType !== true,
  );
  return found?.[0];
}
