import type { RowError } from '../http/api-error.ts';
import { previewField, type Draft } from './draft.ts';
import { meetsCondition, type FieldState } from './rule-conditions.ts';

/** Applies the admin's rules to the record as it would be saved. All that fire are reported. */
export function checkValidationRules(draft: Draft): RowError[] {
  return draft.context.org.settings.validationRules
    .filter((rule) => rule.object === draft.object.schema.name)
    .filter((rule) => meetsCondition(rule, readState(draft, rule.field)))
    .map(({ message, errorField }) => ({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message,
      fields: errorField === undefined ? [] : [errorField],
    }));
}

/** What a rule looks at: a field as it would be saved, and as it was. */
export function readState(draft: Draft, name: string): FieldState {
  const before = draft.before === null ? undefined : (draft.before[name] ?? null);
  return { value: previewField(draft, name), before };
}
