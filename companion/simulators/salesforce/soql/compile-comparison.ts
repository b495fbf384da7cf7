import type { Query } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import { formatTime } from '../org/salesforce-times.ts';
import { isLongText } from '../schema/field-definition.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { compileComparable, type ReadValue } from './compile-value.ts';
import { matchesLike } from './match-like.ts';
import { malformed } from './query-error.ts';
import { comparable, readLiteral, type Literal } from './read-literal.ts';
import type { Expression } from './read-where.ts';
import { resolvePath, type FieldPath, type QueryScope } from './resolve-path.ts';

export type Predicate = (record: StoredRecord) => boolean;

/** One comparison: whether a record meets it, and the values it must equal one of, which an index may look up. */
export interface CompiledComparison {
  path: FieldPath;
  equalTo: FieldValue[] | null;
  matches: Predicate;
}

/** What the conditions of a query are compiled with. */
export interface CompileContext {
  scope: QueryScope;
  store: RecordStore;
  /** Runs the query in parentheses after IN and gives its only column. */
  runSubquery: (query: Query) => FieldValue[];
}

type Comparison = Extract<Expression, { kind: 'comparison' }>['comparison'];

/** Compiles one comparison once, so that each record costs little. */
export function compileComparison(context: CompileContext, comparison: Comparison): CompiledComparison {
  const { scope, store } = context;
  if ('fn' in comparison)
    throw malformed(scope.query, 'WHERE', 'The simulator does not support functions in WHERE.');
  const path = resolvePath(scope, comparison.field);
  refuseUnfilterable(path);
  const value = compileComparable(store, path);
  const { operator } = comparison;
  if (operator === 'LIKE') {
    const test = matchesLike('value' in comparison ? String(comparison.value) : '');
    return { path, equalTo: null, matches: (record) => test(value(record)) };
  }
  const literals = readLiterals(context, comparison, path);
  if (operator === 'IN' || operator === 'NOT IN')
    return compileList(path, value, literals, operator === 'IN');
  const [literal = { kind: 'null' } as const] = literals;
  const test = compareWith(literal, operator, path);
  if (test === null) throw malformed(scope.query, operator, `unexpected operator: ${operator}`);
  const equalTo = operator === '=' && literal.kind === 'value' ? [literal.value] : null;
  return { path, equalTo, matches: (record) => test(value(record)) };
}

function refuseUnfilterable({ field }: FieldPath): void {
  if (!isLongText(field) && field.type !== 'address') return;
  throw ApiError.of(400, 'INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`);
}

function compileList(
  path: FieldPath,
  value: ReadValue,
  literals: Literal[],
  wanted: boolean,
): CompiledComparison {
  const set = new Set(literals.map((literal) => (literal.kind === 'value' ? literal.value : null)));
  const values = [...set].filter((listed) => listed !== null);
  const equalTo = wanted && values.length === set.size ? values : null;
  return { path, equalTo, matches: (record) => set.has(value(record)) === wanted };
}

function readLiterals(context: CompileContext, comparison: Comparison, { field }: FieldPath): Literal[] {
  if ('valueQuery' in comparison) {
    const values = context.runSubquery(comparison.valueQuery);
    return values.map((value) => ({ kind: 'value', value: comparable(field, value) }));
  }
  if (!('value' in comparison)) return [];
  const { value, literalType } = comparison;
  const texts = Array.isArray(value) ? value : [value];
  return texts.map((text, index) =>
    readLiteral(field, text, Array.isArray(literalType) ? literalType[index] : literalType),
  );
}

type Test = (value: FieldValue | null) => boolean;

function compareWith(literal: Literal, operator: string, path: FieldPath): Test | null {
  if (literal.kind === 'null') {
    if (operator === '=') return (value) => value === null;
    return operator === '!=' ? (value) => value !== null : null;
  }
  if (literal.kind === 'range') {
    const text = (time: number): string =>
      path.field.type === 'date' ? formatTime(time).slice(0, 10) : formatTime(time);
    return compareWithRange(text(literal.from), text(literal.to), operator);
  }
  const wanted = literal.value;
  const tests: Record<string, Test> = {
    '=': (value) => value === wanted,
    '!=': (value) => value !== wanted,
    '<': (value) => value !== null && value < wanted,
    '<=': (value) => value !== null && value <= wanted,
    '>': (value) => value !== null && value > wanted,
    '>=': (value) => value !== null && value >= wanted,
  };
  return tests[operator] ?? null;
}

/** A range stands for its start or its end, as the operator needs: after today means after its last moment. */
function compareWithRange(from: string, to: string, operator: string): Test | null {
  const tests: Record<string, Test> = {
    '=': (value) => value !== null && value >= from && value < to,
    '!=': (value) => value === null || value < from || value >= to,
    '<': (value) => value !== null && value < from,
    '<=': (value) => value !== null && value < to,
    '>': (value) => value !== null && value >= to,
    '>=': (value) => value !== null && value >= from,
  };
  return tests[operator] ?? null;
}
