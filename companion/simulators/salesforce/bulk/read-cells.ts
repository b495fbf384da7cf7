import type { VisibleField } from '../access/resolve-access.ts';
import type { RowError } from '../http/api-error.ts';
import type { FieldDefinition, FieldType } from '../schema/field-definition.ts';
import { convertValue, type Conversion } from '../write/convert-value.ts';
import type { ExternalReference, RecordInput } from '../write/read-input.ts';
import { rowError } from '../write/row-errors.ts';
import type { Column } from './read-columns.ts';

const NULL_MARK = '#N/A';

/** A row as a record to save, with what could not be read in it. */
export interface RowInput {
  input: RecordInput;
  errors: RowError[];
}

/** Reads the cells of a row. A blank cell leaves its field as it is; the mark for null clears it. */
export function readCells(columns: readonly Column[], cells: readonly string[]): RowInput {
  const changes: RecordInput['changes'] = {};
  const fields: VisibleField[] = [];
  const references: ExternalReference[] = [];
  const errors: RowError[] = [];
  columns.forEach(({ field, key }, index) => {
    const cell = cells[index] ?? '';
    if (cell.trim() === '') return;
    const conversion = convertCell(field, cell);
    if (key !== null && cell !== NULL_MARK) references.push({ lookup: field, keys: { [key.name]: cell } });
    else if (conversion.ok) changes[field.name] = conversion.value;
    else errors.push(refuseCell(field, cell, index));
    fields.push(field);
  });
  return { input: { changes, fields, references }, errors };
}

function convertCell(field: FieldDefinition, cell: string): Conversion {
  if (cell === NULL_MARK) return { ok: true, value: null };
  if (isBrokenNumber(field, cell)) return { ok: false, wanted: 'int', found: cell };
  return convertValue(field, field.type === 'boolean' ? readFlag(cell) : cell);
}

function refuseCell({ name, type }: FieldDefinition, cell: string, index: number): RowError {
  const message = `Failed to deserialize field at col ${index}. Due to, '${cell}' is not a valid value for the type ${typeNames[type] ?? 'xsd:string'}`;
  return rowError('INVALID_FIELD', message, [name]);
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
};
