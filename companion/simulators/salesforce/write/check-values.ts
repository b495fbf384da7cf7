import type { VisibleField } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { mustFindObject } from '../schema/build-schema.ts';
import { numericTypes } from '../schema/field-definition.ts';
import type { Changes, FieldValue } from '../store/stored-record.ts';

/** Checks each value against its field, and returns the first trouble of every field. */
export function checkValues(org: SimulatedOrg, fields: VisibleField[], changes: Changes): RowError[] {
  return fields.flatMap((field) => {
    const value = changes[field.name] ?? null;
    if (value === null) return field.type === 'boolean' ? [refuseNullFlag(field)] : [];
    const error =
      checkLength(field, value) ??
      checkRange(field, value) ??
      checkPicklist(field, value) ??
      checkReference(org, field, value, changes);
    return error === null ? [] : [error];
  });
}

function refuseNullFlag(field: VisibleField): RowError {
  const message = `${field.label}: value not of required type: `;
  return { statusCode: 'INVALID_TYPE_ON_FIELD_IN_RECORD', message, fields: [field.name] };
}

function checkLength(field: VisibleField, value: FieldValue): RowError | null {
  if (typeof value !== 'string' || field.length === 0 || field.type === 'reference') return null;
  if (value.length <= field.length) return null;
  const message = `${field.label}: data value too large: ${value} (max length=${field.length})`;
  return { statusCode: 'STRING_TOO_LONG', message, fields: [field.name] };
}

const MAX_INT_DIGITS = 8;

function checkRange(field: VisibleField, value: FieldValue): RowError | null {
  if (!numericTypes.includes(field.type)) return null;
  const integerDigits = field.type === 'int' ? MAX_INT_DIGITS : field.precision - field.scale;
  if (Math.abs(Number(value)) < 10 ** integerDigits) return null;
  const message = `${field.label}: value outside of valid range on numeric field: ${value}`;
  return { statusCode: 'NUMBER_OUTSIDE_VALID_RANGE', message, fields: [field.name] };
}

function checkPicklist(field: VisibleField, value: FieldValue): RowError | null {
  if (!field.restrictedPicklist || field.picklist.some((entry) => entry.value === value)) return null;
  const message = `${field.label}: bad value for restricted picklist field: ${value}`;
  return { statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, fields: [field.name] };
}

/** Also completes a 15-character id, as it is kept and shown with 18. */
function checkReference(
  org: SimulatedOrg,
  field: VisibleField,
  value: FieldValue,
  changes: Changes,
): RowError | null {
  const id = normalizeId(String(value));
  const isOf = (name: string): boolean =>
    id?.startsWith(org.schema.get(name.toLowerCase())?.keyPrefix ?? ' ') ?? false;
  const target = field.referenceTo.find(isOf) ?? field.referenceTo[0];
  if (target === undefined) return null;
  const schema = org.schema.has(target.toLowerCase()) ? mustFindObject(org.schema, target) : null;
  if (id === null || (schema !== null && !id.startsWith(schema.keyPrefix))) {
    const message = `${field.label}: id value of incorrect type: ${value}`;
    return { statusCode: 'MALFORMED_ID', message, fields: [field.name] };
  }
  const record = org.store.get(target, id);
  if (record === undefined || record.IsDeleted === true) {
    return { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] };
  }
  changes[field.name] = id;
  return null;
}
