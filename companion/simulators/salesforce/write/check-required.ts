import type { RowError } from '../http/api-error.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import { changedFields, type Draft } from './draft.ts';
import { requiredName } from './person-accounts.ts';
import { messagesIn } from './platform-messages.ts';
import { rowError } from './row-errors.ts';

/** Refuses a record without a value that it must have. An update is asked only for what it clears. */
export function checkRequired(draft: Draft): RowError[] {
  const { settings } = draft.context.org;
  const fields = draft.id === null ? [...draft.object.fields.values()] : changedFields(draft);
  const missing = fields
    .filter((field) => isRequired(draft, field) && (draft.changes[field.name] ?? null) === null)
    .map((field) => field.name);
  if (missing.length === 0) return [];
  const message = messagesIn(settings.language).requiredMissing(missing);
  return [rowError('REQUIRED_FIELD_MISSING', message, missing)];
}

/** Checkboxes are false and owners the creator where a new record leaves them out. */
function isRequired(draft: Draft, field: FieldDefinition): boolean {
  const name = requiredName(draft);
  if (name !== null && (field.name === 'Name' || field.name === 'LastName')) return field.name === name;
  if (!field.writable || field.nillable || field.defaultValue !== null) return false;
  return field.type !== 'boolean' && field.name !== 'OwnerId';
}
