import {
  isLongText,
  numericTypes,
  type FieldDefinition,
  type FieldType,
} from '../schema/field-definition.ts';

const neverGrouped: readonly FieldType[] = ['multipicklist', 'currency', 'percent', 'double', 'datetime'];
const neverAggregated: readonly FieldType[] = ['boolean', 'multipicklist', 'address'];

/** Whether a field can stand in WHERE. */
export function isFilterable(field: FieldDefinition): boolean {
  return !isLongText(field) && field.type !== 'address';
}

/** Whether a field can stand in ORDER BY. */
export function isSortable(field: FieldDefinition): boolean {
  return isFilterable(field) && field.type !== 'multipicklist';
}

/** Whether a field can stand in GROUP BY. */
export function isGroupable(field: FieldDefinition): boolean {
  return isFilterable(field) && !neverGrouped.includes(field.type);
}

/** Whether an aggregate function takes a field. */
export function isAggregatable(field: FieldDefinition, functionName: string): boolean {
  if (functionName === 'SUM' || functionName === 'AVG') return numericTypes.includes(field.type);
  return !isLongText(field) && !neverAggregated.includes(field.type);
}
