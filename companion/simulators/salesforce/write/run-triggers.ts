import type { RowError } from '../http/api-error.ts';
import { changeRecord } from '../org/insert-record.ts';
import { readState } from './check-validation-rules.ts';
import { previewField, type Draft } from './draft.ts';
import { meetsCondition } from './rule-conditions.ts';
import type { Trigger } from './rule-settings.ts';

/** What triggers run on. */
export type TriggerEvent = 'insert' | 'update' | 'delete';

/** Runs what the org does before a record is saved: fields that it sets are written with the user's own. */
export function runBeforeTriggers(draft: Draft, event: TriggerEvent): RowError[] {
  const triggers = listTriggers(draft, event, 'before');
  for (const { set } of triggers) Object.assign(draft.changes, set);
  return failFirst(triggers, event, 'Before');
}

/** Runs what the org does once a record is saved; where that fails, the save is taken back. */
export function runAfterTriggers(draft: Draft, event: TriggerEvent): RowError[] {
  const triggers = listTriggers(draft, event, 'after');
  const errors = failFirst(triggers, event, 'After');
  if (errors.length === 0) for (const { touchParent } of triggers) touch(draft, touchParent);
  return errors;
}

function listTriggers(draft: Draft, event: TriggerEvent, timing: 'before' | 'after'): Trigger[] {
  return draft.context.org.settings.triggers.filter(
    (trigger) =>
      trigger.object === draft.object.schema.name &&
      trigger.on.includes(event) &&
      timingOf(trigger) === timing &&
      (trigger.field === undefined || meetsCondition(trigger, readState(draft, trigger.field))),
  );
}

/** Only what comes before the save can set fields of the record. */
function timingOf({ timing, set }: Trigger): 'before' | 'after' {
  return timing ?? (set === undefined ? 'after' : 'before');
}

function failFirst(triggers: Trigger[], event: TriggerEvent, timing: 'Before' | 'After'): RowError[] {
  const failing = triggers.find((trigger) => trigger.error !== undefined);
  return failing === undefined ? [] : [describeFailure(failing, event, timing)];
}

function describeFailure(trigger: Trigger, event: TriggerEvent, timing: 'Before' | 'After'): RowError {
  const { statusCode, message, fields = [], cause = '' } = trigger.error ?? {};
  if (trigger.kind === 'flow') {
    const told =
      `We can't save this record because the “${trigger.name}” process failed. Give your Salesforce admin these ` +
      `details. This error occurred when the flow tried to update records: ${cause}.`;
    return { statusCode: statusCode ?? 'CANNOT_EXECUTE_FLOW_TRIGGER', message: message ?? told, fields };
  }
  const moment = `${timing}${event.charAt(0).toUpperCase()}${event.slice(1)}`;
  const inner = cause.replace(': ', ', ');
  const told =
    `${trigger.name}: execution of ${moment}\n\ncaused by: System.DmlException: Update failed. First exception on ` +
    `row 0; first error: ${inner}: []\n\nTrigger.${trigger.name}: line 1, column 1`;
  return {
    statusCode: statusCode ?? 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: message ?? told,
    fields,
  };
}

/** Saves the record that a lookup leads to once more, which moves its stamps. */
function touch(draft: Draft, lookup: string | undefined): void {
  if (lookup === undefined) return;
  const { org, userId } = draft.context;
  const target = draft.object.schema.fields.get(lookup.toLowerCase())?.referenceTo[0];
  const parentId = previewField(draft, lookup);
  if (target === undefined || org.store.get(target, String(parentId)) === undefined) return;
  changeRecord(org, target, String(parentId), {}, userId);
}
