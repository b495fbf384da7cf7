import type { VisibleObject } from '../access/resolve-access.ts';
import { compileDeletion, compileVisibility } from '../access/sharing.ts';
import type { RowError } from '../http/api-error.ts';
import { changeRecord, insertRecord } from '../org/insert-record.ts';
import { assignOwner } from './assign-owner.ts';
import { checkDuplicateRules } from './check-duplicate-rules.ts';
import { checkOwner } from './check-owner.ts';
import { checkEditable, checkPermission } from './check-permission.ts';
import { checkRecordType } from './check-record-type.ts';
import { checkReferences } from './check-references.ts';
import { checkRequired } from './check-required.ts';
import { checkSetupRecord } from './check-setup-record.ts';
import { checkUnique } from './check-unique.ts';
import { checkValidationRules } from './check-validation-rules.ts';
import { checkValues } from './check-values.ts';
import { isStorageFull } from './data-storage.ts';
import { changedFields, openDraft, type Draft, type SaveStep } from './draft.ts';
import { checkPersonFields, syncPersonContact } from './person-accounts.ts';
import { followUserChange } from './follow-user-change.ts';
import type { RecordInput } from './read-input.ts';
import { moveToRecycleBin } from './recycle-bin.ts';
import { resolveReferences } from './resolve-references.ts';
import { failed, insufficientAccess, rowError, unknownRecord } from './row-errors.ts';
import { runAfterTriggers, runBeforeTriggers } from './run-triggers.ts';
import type { WriteContext } from './write-context.ts';

/** What became of one row. */
export type SaveOutcome =
  { ok: true; id: string; created: boolean } | { ok: false; errors: RowError[]; created: boolean };

/** A record to save. */
export interface SaveRequest {
  object: VisibleObject;
  input: RecordInput;
}

/**
 * The order of a save, as Salesforce documents it. The first step that finds trouble ends it; within a step all that is
 * wrong is told.
 * https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm
 */
const stepsOfSave: readonly SaveStep[] = [
  // What the user may do, before anything is looked at.
  checkPermission,
  checkEditable,
  checkRecordType,
  checkPersonFields,
  // System validation of a request to the API: foreign keys, formats, lengths, restricted picklists.
  resolveReferences,
  checkReferences,
  checkOwner,
  checkValues,
  // Before triggers and before-save flows, then system validation again, now with required fields.
  (draft) => runBeforeTriggers(draft, eventOf(draft)),
  checkReferences,
  checkValues,
  checkRequired,
  checkValidationRules,
  checkDuplicateRules,
  // The record goes to the database, which knows what is unique.
  checkUniqueFields,
  ({ context, object, id, changes }) => checkSetupRecord(context.org, object.schema.name, id, changes),
  checkStorage,
  write,
  followUserChange,
  (draft) => runAfterTriggers(draft, eventOf(draft)),
  assign,
];

/** Creates a record, or says why not. */
export function createRecord(context: WriteContext, request: SaveRequest): SaveOutcome {
  return save(openDraft(context, request, null));
}

/** Changes a record, or says why not. */
export function updateRecord(context: WriteContext, id: string, request: SaveRequest): SaveOutcome {
  return save(openDraft(context, request, id));
}

/** Moves a record to the recycle bin: `queryAll` still finds it. */
export function deleteRecord(context: WriteContext, object: VisibleObject, id: string): SaveOutcome {
  const draft = openDraft(context, { object, input: { changes: {}, fields: [] } }, id);
  const steps: SaveStep[] = [
    checkDeletion,
    () => runBeforeTriggers(draft, 'delete'),
    discard,
    () => runAfterTriggers(draft, 'delete'),
  ];
  return run(draft, steps);
}

function save(draft: Draft): SaveOutcome {
  return run(draft, stepsOfSave);
}

/** Takes the steps in their order. Where one finds trouble, what the others wrote is taken back. */
function run(draft: Draft, steps: readonly SaveStep[]): SaveOutcome {
  const { store } = draft.context.org;
  const start = store.savepoint();
  const created = draft.id === null;
  for (const step of steps) {
    const errors = step(draft);
    if (errors.length === 0) continue;
    store.rollbackTo(start);
    return failed(created, ...errors);
  }
  return { ok: true, id: draft.id ?? '', created };
}

function eventOf({ before }: Draft): 'insert' | 'update' {
  return before === null ? 'insert' : 'update';
}

function checkUniqueFields(draft: Draft): RowError[] {
  const { context, object, id, changes } = draft;
  const isVisible = compileVisibility(context, object);
  return checkUnique(context.org, object.schema.name, id, changedFields(draft), changes, isVisible);
}

function checkStorage({ context, id }: Draft): RowError[] {
  if (id !== null || !isStorageFull(context.org)) return [];
  return [rowError('STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded')];
}

function write(draft: Draft): RowError[] {
  const { context, object, id, changes } = draft;
  const { org, userId } = context;
  const { name } = object.schema;
  if (id === null) draft.id = insertRecord(org, name, changes, { userId });
  else changeRecord(org, name, id, changes, userId);
  syncPersonContact(draft);
  return [];
}

function assign(draft: Draft): RowError[] {
  assignOwner(draft);
  return [];
}

function checkDeletion({ context, object, before }: Draft): RowError[] {
  if (before === null || !compileVisibility(context, object)(before)) return [unknownRecord];
  return object.permission.delete && compileDeletion(context, object)(before) ? [] : [insufficientAccess];
}

function discard(draft: Draft): RowError[] {
  const { context, object, id } = draft;
  // Set-up has no recycle bin.
  if (!object.fields.has('isdeleted')) context.org.store.remove(object.schema.name, id ?? '');
  else moveToRecycleBin(context.org, object.schema.name, id ?? '', context.userId);
  return [];
}
