import { numericTypes, type FieldDefinition, type FieldType } from '../schema/field-definition.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import { formatTime } from '../org/salesforce-times.ts';
import { ApiError } from '../http/api-error.ts';
import { readDateLiteral, type TimeRange } from './date-literals.ts';
import { foldValue, type FieldValue } from '../store/stored-record.ts';

/** What a field is compared with: nothing, one comparable value, or a stretch of time. */
export type Literal =
  { kind: 'null' } | { kind: 'value'; value: FieldValue } | ({ kind: 'range' } & TimeRange);

/** Reads a literal of a WHERE clause for the field that it is compared with. */
export function readLiteral(field: FieldDefinition, text: string, literalType: string | undefined): Literal {
  if (literalType === 'NULL') return { kind: 'null' };
  if (literalType === 'DATE_LITERAL' || literalType === 'DATE_N_LITERAL') return readRange(field, text);
  if (literalType === 'STRING') return readQuoted(field, unquote(text));
  const wanted = wantedLiteral(field);
  if (!wanted.includes(literalType ?? '')) {
    throw refuseLiteral(field, isQuotedType(field) ? 'should be enclosed in quotes' : '');
  }
  if (literalType === 'DATETIME') return { kind: 'value', value: formatTime(Date.parse(text)) };
  if (literalType === 'BOOLEAN') return { kind: 'value', value: text.toUpperCase() === 'TRUE' };
  if (literalType === 'DATE') return { kind: 'value', value: text };
  return { kind: 'value', value: Number(text) };
}

const neverFolded: readonly FieldType[] = ['id', 'reference', 'date', 'datetime'];

/** Values as they are compared: text folded, unless the field keeps case. */
export function comparable(field: FieldDefinition, value: FieldValue): FieldValue {
  if (typeof value !== 'string' || neverFolded.includes(field.type)) return value;
  return foldValue(value, field.caseSensitive);
}

/** The unquoted literals that a field takes; none for fields whose values are quoted. */
function wantedLiteral(field: FieldDefinition): string[] {
  if (numericTypes.includes(field.type)) return ['INTEGER', 'DECIMAL'];
  if (field.type === 'boolean') return ['BOOLEAN'];
  if (field.type === 'date') return ['DATE'];
  if (field.type === 'datetime') return ['DATETIME'];
  return [];
}

function isQuotedType(field: FieldDefinition): boolean {
  return wantedLiteral(field).length === 0;
}

function readQuoted(field: FieldDefinition, text: string): Literal {
  if (!isQuotedType(field)) throw refuseLiteral(field, 'should not be enclosed in quotes');
  if (field.type !== 'id' && field.type !== 'reference') {
    return text === '' ? { kind: 'null' } : { kind: 'value', value: comparable(field, text) };
  }
  if (text === '') return { kind: 'null' };
  const id = normalizeId(text);
  if (id === null) throw ApiError.of(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
  return { kind: 'value', value: id };
}

function readRange(field: FieldDefinition, text: string): Literal {
  const range = readDateLiteral(text);
  if (range !== null && (field.type === 'date' || field.type === 'datetime'))
    return { kind: 'range', ...range };
  throw refuseLiteral(field, '');
}

function refuseLiteral(field: FieldDefinition, hint: string): ApiError {
  const type = field.type === 'datetime' ? 'dateTime' : field.type;
  const ending = hint === '' ? '' : ` and ${hint}`;
  const message = `value of filter criterion for field '${field.name}' must be of type ${type}${ending}`;
  return ApiError.of(400, 'INVALID_FIELD', message);
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Takes the quotes off a text and undoes its escapes. */
export function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, (_, character: string) => escapes[character] ?? character);
}
