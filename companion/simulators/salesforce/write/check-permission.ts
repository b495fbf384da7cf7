import type { VisibleField } from '../access/resolve-access.ts';
import { compileEditing, compileVisibility } from '../access/sharing.ts';
import type { RowError } from '../http/api-error.ts';
import type { Draft } from './draft.ts';
import { insufficientAccess, rowError, unknownRecord } from './row-errors.ts';

/** Whether the user may create records of the object, or edit this one. */
export function checkPermission(draft: Draft): RowError[] {
  const { context, object, before } = draft;
  if (draft.id === null) return object.permission.create ? [] : [refuseInsert(object.schema.label)];
  if (before === null || !compileVisibility(context, object)(before)) return [unknownRecord];
  return object.permission.edit && compileEditing(context, object)(before) ? [] : [insufficientAccess];
}

function refuseInsert(label: string): RowError {
  return rowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${label}`);
}

/** Whether the user may write all the fields that the request names. */
export function checkEditable({ input, id }: Draft): RowError[] {
  const isLocked = (field: VisibleField): boolean => !field.editable || (id !== null && field.createOnly);
  const locked = input.fields.filter(isLocked).map((field) => field.name);
  return locked.length === 0 ? [] : [refuseFields(locked)];
}

/** The error for fields that cannot be written: because of the user, or because of what the record is. */
export function refuseFields(names: string[]): RowError {
  const message =
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field ` +
    'and verify that it is read/write for your profile or permission set.';
  return rowError('INVALID_FIELD_FOR_INSERT_UPDATE', message, names);
}
