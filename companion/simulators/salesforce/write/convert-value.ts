import { numericTypes, type FieldDefinition } from '../schema/field-definition.ts';
import { formatTime, parseTime } from '../org/salesforce-times.ts';
import type { FieldValue } from '../store/stored-record.ts';

export type Conversion =
  { ok: true; value: FieldValue | null } | { ok: false; wanted: string; found: string };

/** Turns a JSON value into what its field keeps. What does not fit the field's type is an error of the parser. */
export function convertValue(field: FieldDefinition, json: unknown): Conversion {
  if (json === null) return { ok: true, value: null };
  if (field.type === 'boolean') return convertBoolean(field, json);
  if (numericTypes.includes(field.type)) return convertNumber(field, json);
  if (typeof json !== 'string') return misfit(field, json);
  if (field.type === 'date') return convertDate(field, json);
  if (field.type === 'datetime') return convertDateTime(field, json);
  // Leading and trailing blanks are not kept, and a blank text is no value.
  const text = json.trim();
  if (text === '') return { ok: true, value: null };
  // Addresses of mail come back in small letters, whatever was sent.
  return { ok: true, value: field.type === 'email' ? text.toLowerCase() : text };
}

/** The parser calls the type by its name in describe. */
function misfit({ type }: FieldDefinition, json: unknown): Conversion {
  return { ok: false, wanted: type, found: nameToken(json) };
}

/** The parser's name for a JSON value. */
function nameToken(json: unknown): string {
  if (typeof json === 'string') return `VALUE_STRING value ${json}`;
  if (typeof json === 'number')
    return `${Number.isInteger(json) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT'} value ${json}`;
  if (typeof json === 'boolean') return json ? 'VALUE_TRUE value true' : 'VALUE_FALSE value false';
  return Array.isArray(json) ? 'START_ARRAY value' : 'START_OBJECT value {';
}

function convertBoolean(field: FieldDefinition, json: unknown): Conversion {
  if (typeof json === 'boolean') return { ok: true, value: json };
  if (json === 'true' || json === 'false') return { ok: true, value: json === 'true' };
  return misfit(field, json);
}

function convertNumber(field: FieldDefinition, json: unknown): Conversion {
  const isNumeric =
    typeof json === 'number' || (typeof json === 'string' && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(json));
  if (!isNumeric) return misfit(field, json);
  return { ok: true, value: roundHalfUp(Number(json), field.type === 'int' ? 0 : field.scale) };
}

/** Decimals beyond the field's scale are rounded, halves away from zero, rather than refused. */
function roundHalfUp(value: number, scale: number): number {
  const size = Math.abs(value);
  const shifted = Number(`${size}e${scale}`);
  // Beyond what a double counts exactly there is no half to round; with an exponent the shift cannot be written.
  if (Number.isNaN(shifted) || shifted > Number.MAX_SAFE_INTEGER) return Number(value.toFixed(scale)) + 0;
  return Math.sign(value) * Number(`${Math.round(shifted)}e-${scale}`) + 0;
}

function convertDate(field: FieldDefinition, text: string): Conversion {
  const day = /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(text)?.[1];
  if (day === undefined || !isRealDay(day)) return misfit(field, text);
  return { ok: true, value: day };
}

function isRealDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) && day >= '1700' && day < '4001';
}

function convertDateTime(field: FieldDefinition, text: string): Conversion {
  const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.exec(text);
  const time = parseTime(text);
  if (match === null || Number.isNaN(time) || !isRealDay(match[1] ?? '')) return misfit(field, text);
  return { ok: true, value: formatTime(time) };
}
