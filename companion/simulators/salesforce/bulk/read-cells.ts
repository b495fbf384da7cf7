import type { RowError } from '../http/api-error.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { FieldDefinition, FieldType } from '../schema/field-definition.ts';
import type { FieldValue } from '../store/stored-record.ts';
import { convertValue } from '../write/convert-value.ts';
import { findByKey } from '../write/find-by-key.ts';
import type { RecordInput } from '../write/read-input.ts';
import type { Column } from './read-columns.ts';

const NULL_MARK = '#N/A';

/** A row as a record to save, with what could not be read in it. */
export interface RowInput {
  input: RecordInput;
  errors: RowError[];
}

type Reading = { value: FieldValue | null } | { error: RowError };

/** Reads the cells of a row. A blank cell leaves its field as it is; the mark for null clears it. */
export function readCells(org: SimulatedOrg, columns: readonly Column[], cells: readonly string[]): RowInput {
  const row: RowInput = { input: { changes: {}, fields: [] }, errors: [] };
  columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    if (cell.trim() === '') return;
    const reading = readCell(org, column, cell, index);
    if ('error' in reading) {
      row.errors.push(reading.error);
      return;
    }
    row.input.changes[column.field.name] = reading.value;
    row.input.fields.push(column.field);
  });
  return row;
}

function readCell(org: SimulatedOrg, { field, parent }: Column, cell: string, index: number): Reading {
  if (cell === NULL_MARK) return { value: null };
  if (parent !== null) return findParentId(org, parent, cell);
  const conversion = convertValue(field, field.type === 'boolean' ? readFlag(cell) : cell);
  if (conversion.ok && !isBrokenNumber(field, cell)) return { value: conversion.value };
  const type = typeNames[field.type] ?? 'xsd:string';
  const message = `Failed to deserialize field at col ${index}. Due to, '${cell}' is not a valid value for the type ${type}`;
  return { error: { statusCode: 'INVALID_FIELD', message, fields: [field.name] } };
}

function findParentId(org: SimulatedOrg, parent: NonNullable<Column['parent']>, cell: string): Reading {
  const { name } = parent.object.schema;
  const conversion = convertValue(parent.key, cell);
  const value = conversion.ok ? conversion.value : null;
  const found = value === null ? [] : findByKey(org, name, parent.key, value);
  const [id] = found;
  if (id === undefined) {
    const message = `Foreign key external ID: ${cell} not found for field ${parent.key.name} in entity ${name}`;
    return { error: { statusCode: 'INVALID_FIELD', message, fields: [] } };
  }
  if (found.length === 1) return { value: id };
  const message = `${parent.key.name}: more than one record found for external id field: [${cell}]`;
  return { error: { statusCode: 'DUPLICATE_EXTERNAL_ID', message, fields: [parent.key.name] } };
}

/** Unlike JSON, CSV gives a whole number without a fraction, were it only `.0`. */
function isBrokenNumber(field: FieldDefinition, cell: string): boolean {
  return field.type === 'int' && !/^[+-]?\d+$/.test(cell.trim());
}

const flags: Record<string, boolean> = {
  ...{ true: true, yes: true, y: true, on: true, '1': true },
  ...{ false: false, no: false, n: false, off: false, '0': false },
};

/** CSV has more words for yes and no than JSON has. */
function readFlag(cell: string): boolean | string {
  return flags[cell.trim().toLowerCase()] ?? cell;
}

const typeNames: Partial<Record<FieldType, string>> = {
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
} satisfies Partial<Record<FieldDefinition['type'], string>>;
