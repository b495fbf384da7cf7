import type { RowError } from '../http/api-error.ts';
import type { SaveOutcome } from './save-record.ts';

/** Why a row is not saved. Most errors are of the row as a whole and name no field. */
export function rowError(statusCode: string, message: string, fields: string[] = []): RowError {
  return { statusCode, message, fields };
}

/** What becomes of a row that is not saved; `created` is said of one that would have been new. */
export function failed(created: boolean, ...errors: RowError[]): SaveOutcome {
  return { ok: false, errors, created };
}

export const unknownRecord = rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');

export const deletedRecord = rowError('ENTITY_IS_DELETED', 'entity is deleted');

export const idInInsert = rowError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', [
  'Id',
]);

export const insufficientAccess = rowError(
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'insufficient access rights on object id',
);

export const underMaintenance = rowError(
  'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
  "Updates can't be made during maintenance. Try again when maintenance is complete.",
);

export function malformedId(text: string): RowError {
  return rowError('MALFORMED_ID', `malformed id ${text}`, ['Id']);
}
