import type { VisibleObject } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import { changeRecord, insertRecord } from '../org/insert-record.ts';
import { checkSetupRecord } from './check-setup-record.ts';
import { checkUnique } from './check-unique.ts';
import { checkValidationRules } from './check-validation-rules.ts';
import { checkValues } from './check-values.ts';
import type { RecordInput } from './read-input.ts';
import { moveToRecycleBin } from './recycle-bin.ts';
import type { WriteContext } from './write-context.ts';

/** What became of one row. */
export type SaveOutcome =
  { ok: true; id: string; created: boolean } | { ok: false; errors: RowError[]; created: boolean };

/** A record to save. */
export interface SaveRequest {
  object: VisibleObject;
  input: RecordInput;
}

/** Creates a record, or says why not, in the order in which Salesforce finds troubles. */
export function createRecord(context: WriteContext, request: SaveRequest): SaveOutcome {
  const { org, userId } = context;
  const { object, input } = request;
  const { name } = object.schema;
  const errors = firstTrouble(
    () =>
      object.permission.create
        ? []
        : [refuseObject(`entity type cannot be inserted: ${object.schema.label}`)],
    () => checkEditable(input),
    () => checkRequired(object, input, true),
    () => checkValues(org, input.fields, input.changes),
    () => checkValidationRules(org, name, input.changes),
    () => checkUnique(org, name, null, input.fields, input.changes),
    () => checkSetupRecord(org, name, null, input.changes),
  );
  if (errors.length > 0) return { ok: false, errors, created: true };
  return { ok: true, id: insertRecord(org, name, input.changes, { userId }), created: true };
}

/** Changes a record, or says why not. */
export function updateRecord(context: WriteContext, id: string, request: SaveRequest): SaveOutcome {
  const { org, userId } = context;
  const { object, input } = request;
  const { name } = object.schema;
  const errors = firstTrouble(
    () => (object.permission.edit ? [] : [insufficientAccess()]),
    () => checkEditable(input, true),
    () => checkRequired(object, input, false),
    () => checkValues(org, input.fields, input.changes),
    () => checkValidationRules(org, name, { ...org.store.get(name, id), ...input.changes }),
    () => checkUnique(org, name, id, input.fields, input.changes),
    () => checkSetupRecord(org, name, id, input.changes),
  );
  if (errors.length > 0) return { ok: false, errors, created: false };
  changeRecord(org, name, id, input.changes, userId);
  return { ok: true, id, created: false };
}

/** Moves a record, and what belongs to it, to the recycle bin. */
export function deleteRecord(context: WriteContext, object: VisibleObject, id: string): SaveOutcome {
  if (!object.permission.delete) return { ok: false, errors: [insufficientAccess()], created: false };
  // Set-up has no recycle bin.
  if (!object.fields.has('isdeleted')) context.org.store.remove(object.schema.name, id);
  else moveToRecycleBin(context.org, object.schema.name, id, context.userId);
  return { ok: true, id, created: false };
}

function firstTrouble(...checks: (() => RowError[])[]): RowError[] {
  for (const check of checks) {
    const errors = check();
    if (errors.length > 0) return errors;
  }
  return [];
}

function refuseObject(message: string): RowError {
  return { statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, fields: [] };
}

function insufficientAccess(): RowError {
  return {
    statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
    message: 'insufficient access rights on object id',
    fields: [],
  };
}

function checkEditable(input: RecordInput, isUpdate = false): RowError[] {
  const locked = input.fields
    .filter((field) => !field.editable || (isUpdate && field.createOnly))
    .map((field) => field.name);
  if (locked.length === 0) return [];
  const message =
    `Unable to create/update fields: ${locked.join(', ')}. Please check the security settings of this field ` +
    'and verify that it is read/write for your profile or permission set.';
  return [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message, fields: locked }];
}

function checkRequired(object: VisibleObject, input: RecordInput, isNew: boolean): RowError[] {
  const missing = [...object.fields.values()]
    .filter(
      (field) =>
        field.editable &&
        !field.nillable &&
        field.type !== 'boolean' &&
        field.name !== 'OwnerId' &&
        field.defaultValue === null,
    )
    .filter((field) =>
      isNew ? (input.changes[field.name] ?? null) === null : input.changes[field.name] === null,
    )
    .map((field) => field.name);
  if (missing.length === 0) return [];
  const message = `Required fields are missing: [${missing.join(', ')}]`;
  return [{ statusCode: 'REQUIRED_FIELD_MISSING', message, fields: missing }];
}
