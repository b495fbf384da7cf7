import { normalizeId } from '../org/salesforce-ids.ts';
import { formatTime, parseTime } from '../org/salesforce-times.ts';
import { numericTypes, type FieldDefinition, type FieldType } from '../schema/field-definition.ts';
import { foldValue, type FieldValue } from '../store/stored-record.ts';
import { writeDay, type Calendar } from './calendar.ts';
import { readDateLiteral } from './date-literals.ts';

/** What a field is compared with: nothing, one comparable value, an amount in a currency, or a stretch of time. */
export type Literal =
  | { kind: 'null' }
  | { kind: 'value'; value: FieldValue }
  | { kind: 'amount'; amount: number; currency: string }
  | { kind: 'range'; from: string; to: string };

/** A literal, or why the field cannot be compared with it. */
type ReadLiteral = Literal | { kind: 'refused'; errorCode: string; message: string };

/** Reads a literal of a WHERE clause for the field that it is compared with. */
export function readLiteral(
  calendar: Calendar,
  field: FieldDefinition,
  text: string,
  literalType: string | undefined,
): ReadLiteral {
  if (literalType === 'NULL') return { kind: 'null' };
  if (literalType === 'DATE_LITERAL' || literalType === 'DATE_N_LITERAL')
    return readRange(calendar, field, text);
  if (literalType === 'STRING') return readQuoted(field, unquote(text));
  if (literalType?.endsWith('_CURRENCY_PREFIX') === true && field.type === 'currency') {
    return { kind: 'amount', currency: text.slice(0, 3).toUpperCase(), amount: Number(text.slice(3)) };
  }
  const wanted = wantedLiteral(field);
  if (!wanted.includes(literalType ?? '')) {
    return refuse(field, isQuotedType(field) ? ' and should be enclosed in quotes' : '');
  }
  if (literalType === 'DATETIME') return readMoment(field, text);
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

function readMoment(field: FieldDefinition, text: string): ReadLiteral {
  const time = parseTime(text);
  return Number.isNaN(time) ? refuse(field, '') : { kind: 'value', value: formatTime(time) };
}

function readQuoted(field: FieldDefinition, text: string): ReadLiteral {
  if (!isQuotedType(field)) return refuse(field, ' and should not be enclosed in quotes');
  if (text === '') return { kind: 'null' };
  if (field.type !== 'id' && field.type !== 'reference') {
    return { kind: 'value', value: comparable(field, text) };
  }
  const id = normalizeId(text);
  if (id !== null) return { kind: 'value', value: id };
  return {
    kind: 'refused',
    errorCode: 'INVALID_QUERY_FILTER_OPERATOR',
    message: `invalid ID field: ${text}`,
  };
}

function readRange(calendar: Calendar, field: FieldDefinition, text: string): ReadLiteral {
  const { type } = field;
  const range = readDateLiteral(text, calendar);
  if (range === null || (type !== 'date' && type !== 'datetime'))
    return refuse(field, isQuotedType(field) ? ' and should be enclosed in quotes' : '');
  return {
    kind: 'range',
    from: writeDay(calendar, type, range.from),
    to: writeDay(calendar, type, range.to),
  };
}

const filterTypes: Partial<Record<FieldType, string>> = {
  datetime: 'dateTime',
  id: 'string',
  reference: 'string',
  picklist: 'string',
  multipicklist: 'string',
  textarea: 'string',
  url: 'string',
  phone: 'string',
  email: 'string',
  currency: 'double',
  percent: 'double',
};

function refuse(field: FieldDefinition, ending: string): ReadLiteral {
  const type = filterTypes[field.type] ?? field.type;
  const message = `value of filter criterion for field '${field.name}' must be of type ${type}${ending}`;
  return { kind: 'refused', errorCode: 'INVALID_FIELD', message };
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Takes the quotes off a text and undoes its escapes. */
function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-f]{4})|(.))/gis, (_, code: string | undefined, character: string) =>
      code === undefined ? (escapes[character] ?? character) : String.fromCharCode(parseInt(code, 16)),
    );
}
