import type { RowError } from '../http/api-error.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import type { Changes } from '../store/stored-record.ts';
import { findByKey } from './find-by-key.ts';

/** Refuses a value that another live record holds in a unique field. The message names that record. */
export function checkUnique(
  org: SimulatedOrg,
  object: string,
  id: string | null,
  fields: FieldDefinition[],
  changes: Changes,
): RowError[] {
  return fields.flatMap((field) => {
    const value = changes[field.name] ?? null;
    if (!field.unique || value === null) return [];
    const other = findByKey(org, object, field, value).find((found) => found !== id);
    if (other === undefined) return [];
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${other.slice(0, 15)}`;
    return [{ statusCode: 'DUPLICATE_VALUE', message, fields: [] }];
  });
}
