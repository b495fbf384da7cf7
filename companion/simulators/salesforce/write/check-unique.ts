import type { RowError } from '../http/api-error.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import type { Changes, StoredRecord } from '../store/stored-record.ts';
import { findByKey } from './find-by-key.ts';
import { rowError } from './row-errors.ts';

/**
 * Refuses a value that another live record holds in a unique field. The message names that record, unless the user may
 * not see it.
 */
export function checkUnique(
  org: SimulatedOrg,
  object: string,
  id: string | null,
  fields: FieldDefinition[],
  changes: Changes,
  isVisible: (record: StoredRecord) => boolean = () => true,
): RowError[] {
  return fields.flatMap((field) => {
    const value = changes[field.name] ?? null;
    if (!field.unique || value === null) return [];
    const other = findByKey(org, object, field, value).find((found) => found !== id);
    if (other === undefined) return [];
    const shown = isVisible(org.store.get(object, other) ?? {});
    const [name, holder] = shown ? [field.name, other.slice(0, 15)] : ['<unknown>', '<unknown>'];
    const message = `duplicate value found: ${name} duplicates value on record with id: ${holder}`;
    return [rowError('DUPLICATE_VALUE', message)];
  });
}
