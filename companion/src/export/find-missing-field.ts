import type { ExportMapping } from '../connect/connection.ts';
import type { Reason } from '../outcome.ts';
import type { AccountDescription } from '../salesforce/describe-account.ts';
import { choiceFor, fieldFor, listMappedValues } from './map-values.ts';

/**
 * Looks for a field of the admin's own that a value is mapped to and that our user can no longer write. Going on
 * without it would lose what the pushes of the meantime say of it, so the export waits. Package fields are not looked
 * for: an older version of the package lacks some.
 */
export function findMissingField(
  mapping: ExportMapping,
  description: AccountDescription,
): Reason | undefined {
  const missing = listMappedValues(mapping).flatMap((value) => {
    const choice = choiceFor(value, mapping);
    if (!choice.on || choice.field === null) return [];
    return fieldFor(value, choice, description)?.updateable === true ? [] : [choice.field];
  });
  if (missing.length === 0) return undefined;
  return {
    code: 'mapped-field-missing',
    message: `The Account has no ${missing.slice(0, 5).join(', ')} that the integration user can write.`,
    explanation:
      'A field that the export mapping names was deleted, renamed, or hidden from the integration user.',
    action:
      'Bring the field back and give the integration user Edit access to it, or choose another field in the export mapping. The export then goes on by itself.',
  };
}
