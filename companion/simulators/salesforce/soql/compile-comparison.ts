import type { FieldDefinition } from '../schema/field-definition.ts';
import { changeField, type FieldValue, type StoredRecord } from '../store/stored-record.ts';
import type { Condition } from './combine-conditions.ts';
import { compileComparable, compileOperand, type Operand } from './compile-operand.ts';
import { compileLike, compileTest, type Test } from './compile-test.ts';
import { currencyOf, rateOf, toCorporate } from './convert-currency.ts';
import { isFilterable } from './field-abilities.ts';
import { malformed, pointAt, type Clause } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import { comparable, readLiteral, type Literal } from './read-literal.ts';
import type { Expression } from './read-where.ts';
import { readParent } from './resolve-path.ts';

type Comparison = Extract<Expression, { kind: 'comparison' }>['comparison'];

/** Compiles one comparison of a WHERE clause, with the records that an index finds for it. */
export function compileComparison(scope: QueryScope, comparison: Comparison): Condition<StoredRecord> {
  const operand = compileOperand(scope, comparison, 'WHERE');
  refuseUnfilterable(scope, operand, comparison);
  const literals = readLiterals(scope, operand.field, comparison, 'WHERE');
  const test = compileComparisonTest(scope, operand, comparison, literals);
  const [literal] = literals;
  if (literal?.kind === 'amount')
    return { matches: compareAmounts(scope, operand, literal, test), candidates: null, changedSince: null };
  const value = compileComparable(operand);
  return {
    matches: (record) => test(value(record)),
    candidates: lookUp(scope, operand, comparison, literals),
    changedSince: readStart(operand, comparison, literals),
  };
}

/** Compiles what a comparison says about a comparable value. */
export function compileComparisonTest(
  scope: QueryScope,
  { name, field }: Pick<Operand, 'name' | 'field'>,
  comparison: Comparison,
  literals: Literal[],
  clause: Clause = 'WHERE',
): Test {
  const { operator } = comparison;
  const isLike = operator === 'LIKE';
  const test = isLike
    ? compileLike(field, 'value' in comparison ? String(comparison.value) : '')
    : compileTest(field, operator, literals);
  if (test !== null) return test;
  const isId = field.type === 'id' || field.type === 'reference';
  const message = isId ? 'invalid operator on id field' : `invalid operator on ${field.type} field`;
  throw pointAt(scope.query, writtenName(comparison, name), 'INVALID_QUERY_FILTER_OPERATOR', message, clause);
}

/** Reads what a field is compared with. */
export function readLiterals(
  scope: QueryScope,
  field: FieldDefinition,
  comparison: Comparison,
  clause: Clause,
): Literal[] {
  if ('valueQuery' in comparison) {
    const values = scope.runSubquery(comparison.valueQuery);
    return values.map((value) => ({ kind: 'value', value: comparable(field, value) }));
  }
  if (!('value' in comparison)) return [];
  const { value, literalType } = comparison;
  if (comparison.operator === 'LIKE' && literalType === 'STRING') return [];
  const texts = Array.isArray(value) ? value : [value];
  return texts.map((text, index) => {
    const type = Array.isArray(literalType) ? literalType[index] : literalType;
    const literal = readLiteral(scope.calendar, field, text, type);
    if (literal.kind !== 'refused') return literal;
    throw pointAt(
      scope.query,
      writtenName(comparison, field.name),
      literal.errorCode,
      literal.message,
      clause,
    );
  });
}

function writtenName(comparison: Comparison, name: string): string {
  return 'field' in comparison ? comparison.field : (comparison.fn.functionName ?? name);
}

function refuseUnfilterable(scope: QueryScope, { field, path }: Operand, comparison: Comparison): void {
  if (path === null || isFilterable(field)) return;
  const message =
    field.type === 'address'
      ? 'Address fields can only be filtered using Distance expressions'
      : `field '${field.name}' can not be filtered in a query call`;
  throw pointAt(scope.query, writtenName(comparison, field.name), 'INVALID_FIELD', message, 'WHERE');
}

/** `AnnualRevenue > USD5000`: both sides in one currency. */
function compareAmounts(
  scope: QueryScope,
  { read, path }: Operand,
  { amount, currency }: Extract<Literal, { kind: 'amount' }>,
  test: Test,
): (record: StoredRecord) => boolean {
  const rate = rateOf(currency);
  if (!scope.multiCurrency || rate === null) {
    throw malformed(scope.query, `${currency}${amount}`, `Invalid currency ISO code: ${currency}`, 'WHERE');
  }
  const scale = (value: FieldValue, holder: StoredRecord): number =>
    toCorporate(Number(value), currencyOf(holder)) * rate;
  return (record) => {
    const value = read(record);
    const holder = path === null ? record : readParent(scope, record, path);
    return test(value === null || holder === null ? null : scale(value, holder));
  };
}

/** The time that a comparison asks the last change to be at or after. */
function readStart({ path }: Operand, { operator }: Comparison, [literal]: Literal[]): string | null {
  const isOwn = path?.parents.length === 0 && path.field.name === changeField;
  if (!isOwn || (operator !== '=' && operator !== '>' && operator !== '>=')) return null;
  if (literal?.kind === 'range') return literal.from;
  return literal?.kind === 'value' ? String(literal.value) : null;
}

/** The ids of the records that an equality allows, where the field is the id or has an index. */
function lookUp(
  { store, object }: QueryScope,
  { path }: Operand,
  { operator }: Comparison,
  literals: Literal[],
): string[] | null {
  if (path === null || path.parents.length > 0 || (operator !== '=' && operator !== 'IN')) return null;
  const values = literals.flatMap((literal) => (literal.kind === 'value' ? [literal.value] : []));
  if (values.length < literals.length) return null;
  if (path.field.name === 'Id') return values.map(String);
  if (!path.field.indexed) return null;
  return values.flatMap((value) => store.find(object.schema.name, path.field.name, value) ?? []);
}
