import type { FieldFunctionExpression, FunctionExp } from '@jetstreamapp/soql-parser-js';
import { parseTime } from '../org/salesforce-times.ts';
import { formatForDisplay } from '../read/format-for-display.ts';
import { readField } from '../read/read-field.ts';
import { defineField, type FieldDefinition } from '../schema/field-definition.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { toLocal } from './calendar.ts';
import { currencyOf, toCorporate } from './convert-currency.ts';
import { dateFunctions, type DateFunction } from './date-functions.ts';
import { malformed, type Clause } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import { comparable } from './read-literal.ts';
import { readParent, resolvePath, type FieldPath } from './resolve-path.ts';

export type ReadValue = (record: StoredRecord) => FieldValue | null;

/** Something that has a value for each record: a field, of the record or of a parent, or a function of one. */
export interface Operand {
  /** As the query names it. */
  name: string;
  /** What kind of value it has. */
  field: FieldDefinition;
  /** Null for a function. */
  path: FieldPath | null;
  /** The value as the API shows it. */
  read: ReadValue;
}

/** Compiles a field or a function of one. */
export function compileOperand(
  scope: QueryScope,
  term: { field: string } | { fn: FunctionExp },
  clause: Clause,
): Operand {
  return 'field' in term
    ? compileField(scope, resolvePath(scope, term.field, clause))
    : compileFunction(scope, term.fn, clause);
}

function compileField(scope: QueryScope, path: FieldPath): Operand {
  const { field } = path;
  // Compound fields, whose values are objects, are refused before anything compares them.
  const readOwn = (holder: StoredRecord): FieldValue | null => readField(holder, field) as FieldValue | null;
  if (path.parents.length === 0) return { name: field.name, field, path, read: readOwn };
  const read: ReadValue = (record) => {
    const holder = readParent(scope, record, path);
    return holder === null ? null : readOwn(holder);
  };
  return { name: field.name, field, path, read };
}

/** Compiles a function of a single record's field. */
export function compileFunction(
  scope: QueryScope,
  fn: FunctionExp | FieldFunctionExpression,
  clause: Clause,
): Operand {
  const name = fn.functionName ?? '';
  const [parameter, another] = fn.parameters ?? [];
  const upper = name.toUpperCase();
  const dateFunction = dateFunctions[upper];
  const known = dateFunction !== undefined || upper in valueFunctions;
  if (!known || parameter === undefined || another !== undefined)
    throw malformed(scope.query, name, `unexpected token: '${name}'`, clause);
  if (dateFunction !== undefined) return compileDateFunction(scope, [name, dateFunction], parameter, clause);
  const inner = typeof parameter === 'string' ? { field: parameter } : { fn: parameter };
  const operand = compileOperand(scope, inner, clause);
  const compute = valueFunctions[upper];
  const path = operand.path ?? { parents: [] };
  const read: ReadValue = (record) => {
    const value = operand.read(record);
    const holder = value === null ? null : readParent(scope, record, path);
    if (value === null || holder === null) return null;
    return compute === undefined ? value : compute(value, operand.field, holder);
  };
  const field = upper === 'CONVERTCURRENCY' ? operand.field : defineField(operand.name, '', 'string');
  return { name: operand.name, field, path: null, read };
}

function compileDateFunction(
  scope: QueryScope,
  [name, { takes, gives, compute }]: [string, DateFunction],
  parameter: NonNullable<FunctionExp['parameters']>[number],
  clause: Clause,
): Operand {
  const isConverted = typeof parameter === 'object';
  const inner = isConverted ? parameter.parameters?.[0] : parameter;
  const isTimeZone = !isConverted || parameter.functionName?.toUpperCase() === 'CONVERTTIMEZONE';
  if (typeof inner !== 'string' || !isTimeZone)
    throw malformed(scope.query, name, `unexpected token: '${name}'`, clause);
  const operand = compileOperand(scope, { field: inner }, clause);
  const fits = isConverted ? operand.field.type === 'datetime' : takes.includes(operand.field.type);
  if (!fits) {
    const message = `field ${operand.name} does not support the function ${name.toUpperCase()}`;
    throw malformed(scope.query, name, message, clause);
  }
  const { calendar } = scope;
  const read: ReadValue = (record) => {
    const value = operand.read(record);
    if (value === null) return null;
    const moment = parseTime(String(value));
    return compute(new Date(isConverted ? toLocal(calendar.timeZone, moment) : moment), calendar);
  };
  return { name, field: defineField(name, '', gives), path: null, read };
}

type ValueFunction = (value: FieldValue, field: FieldDefinition, holder: StoredRecord) => FieldValue;

const valueFunctions: Readonly<Record<string, ValueFunction>> = {
  TOLABEL: (value, field) => field.picklist.find((entry) => entry.value === value)?.label ?? value,
  FORMAT: (value, field, holder) => formatForDisplay(holder, field, value) ?? String(value),
  CONVERTCURRENCY: (value, _, holder) => toCorporate(Number(value), currencyOf(holder)),
};

/** The value as values are compared: text without regard to case, unless the field keeps it. */
export function compileComparable({ field, read }: Operand): ReadValue {
  return (record) => {
    const value = read(record);
    return value === null ? null : comparable(field, value);
  };
}
