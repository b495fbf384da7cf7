import type { FieldFunctionExpression, FunctionExp } from '@jetstreamapp/soql-parser-js';
import { defineField, type FieldDefinition } from '../schema/field-definition.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { compileOperand, type Operand } from './compile-operand.ts';
import { currencyOf, toCorporate } from './convert-currency.ts';
import { isAggregatable } from './field-abilities.ts';
import { identify, type Grouping, type GroupKey } from './grouping-sets.ts';
import { malformed, type Clause } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import { readParent } from './resolve-path.ts';

/** Records that are counted together. */
export interface Group {
  records: StoredRecord[];
  /** What they have in common; a field that is not here was rolled up. */
  keys: GroupKey[];
}

/** Something that has a value for a group. */
export interface GroupOperand {
  name: string;
  field: FieldDefinition;
  compute: (group: Group) => FieldValue | null;
}

/** Compiles a grouped field, a grouped function or an aggregate. */
export function compileGroupOperand(
  scope: QueryScope,
  grouping: Grouping,
  term: { field: string } | { fn: FunctionExp | FieldFunctionExpression },
  clause: Clause,
): GroupOperand {
  const name = 'fn' in term ? (term.fn.functionName ?? '').toUpperCase() : '';
  if ('fn' in term && name === 'GROUPING') return compileGroupingMark(scope, grouping, term.fn, clause);
  if ('fn' in term && name in aggregates) return compileAggregate(scope, grouping, term.fn, clause);
  const text = 'fn' in term ? (term.fn.rawValue ?? '') : term.field;
  return compileShared(grouping, identify(scope, text)) ?? refuseUngrouped(scope, term, text, clause);
}

function refuseUngrouped(
  scope: QueryScope,
  term: { field: string } | { fn: FunctionExp },
  text: string,
  clause: Clause,
): never {
  compileOperand(scope, term, clause);
  const word = 'fn' in term ? (term.fn.functionName ?? '') : text;
  throw malformed(
    scope.query,
    word,
    `Field must be grouped or aggregated: ${text.split('.').at(-1) ?? text}`,
    clause,
  );
}

/** The value that all records of a group share. */
function compileShared(grouping: Grouping, id: string): GroupOperand | null {
  const key = grouping.keys.find((candidate) => candidate.id === id);
  if (key === undefined) return null;
  const { name, field, read } = key.operand;
  const compute = ({ records: [first], keys }: Group): FieldValue | null =>
    first === undefined || !keys.includes(key) ? null : read(first);
  return { name, field, compute };
}

/** `GROUPING(Industry)`: 1 in the rows in which the field was rolled up. */
function compileGroupingMark(
  scope: QueryScope,
  grouping: Grouping,
  fn: FunctionExp,
  clause: Clause,
): GroupOperand {
  const [parameter] = fn.parameters ?? [];
  const id = typeof parameter === 'string' ? identify(scope, parameter) : parameter?.rawValue;
  const key = grouping.keys.find((candidate) => candidate.id === id);
  if (key === undefined || grouping.sets.length === 1) {
    throw malformed(scope.query, 'GROUPING', 'GROUPING takes a field of GROUP BY ROLLUP or CUBE', clause);
  }
  const compute = ({ keys }: Group): number => (keys.includes(key) ? 0 : 1);
  return { name: 'GROUPING', field: defineField('GROUPING', '', 'int'), compute };
}

function compileAggregate(
  scope: QueryScope,
  grouping: Grouping,
  fn: FunctionExp,
  clause: Clause,
): GroupOperand {
  const written = fn.functionName ?? '';
  const name = written.toUpperCase();
  const [parameter] = fn.parameters ?? [];
  const count = defineField(name, '', 'int');
  if (parameter === undefined) return { name, field: count, compute: ({ records }) => records.length };
  const operand = compileOperand(
    scope,
    typeof parameter === 'string' ? { field: parameter } : { fn: parameter },
    clause,
  );
  if (!isAggregatable(operand.field, name)) {
    const message = `field ${operand.name} does not support aggregate operator ${name}`;
    throw malformed(scope.query, written, message, clause);
  }
  if (typeof parameter === 'string' && grouping.keys.some(({ id }) => id === identify(scope, parameter))) {
    throw malformed(
      scope.query,
      parameter,
      `Grouped field should not be aggregated: ${operand.name}`,
      clause,
    );
  }
  const read = inOneCurrency(scope, operand);
  const aggregate = aggregates[name];
  const compute = ({ records }: Group): FieldValue | null => {
    const values: FieldValue[] = [];
    for (const record of records) {
      const value = read(record);
      if (value !== null) values.push(value);
    }
    return aggregate?.(values) ?? null;
  };
  const keepsType = name === 'MIN' || name === 'MAX';
  const isSum = name === 'SUM' || name === 'AVG';
  const number = isSum ? defineField(name, '', 'double') : count;
  return { name, field: keepsType ? operand.field : number, compute };
}

/** Amounts of several currencies add up in the corporate one. */
function inOneCurrency(scope: QueryScope, { field, path, read }: Operand): Operand['read'] {
  if (!scope.multiCurrency || field.type !== 'currency' || path === null) return read;
  return (record) => {
    const value = read(record);
    const holder = value === null ? null : readParent(scope, record, path);
    return value === null || holder === null ? null : toCorporate(Number(value), currencyOf(holder));
  };
}

/** Decimals are added as the platform does, without the traces of binary fractions. */
const sum = (values: FieldValue[]): number =>
  Number(values.reduce<number>((total, value) => total + Number(value), 0).toPrecision(15));
const pick = (values: FieldValue[], better: (a: FieldValue, b: FieldValue) => boolean): FieldValue | null =>
  values.reduce<FieldValue | null>(
    // Many records have the same value, such as the time of one load, which is then compared no further.
    (best, value) => (best === null || (value !== best && better(value, best)) ? value : best),
    null,
  );

const fold = (value: FieldValue): FieldValue => (typeof value === 'string' ? value.toLowerCase() : value);

const aggregates: Record<string, (values: FieldValue[]) => FieldValue | null> = {
  COUNT: (values) => values.length,
  COUNT_DISTINCT: (values) => new Set(values.map((value) => String(value).toLowerCase())).size,
  SUM: (values) => (values.length === 0 ? null : sum(values)),
  AVG: (values) => (values.length === 0 ? null : sum(values) / values.length),
  MIN: (values) => pick(values, (a, b) => fold(a) < fold(b)),
  MAX: (values) => pick(values, (a, b) => fold(a) > fold(b)),
};

/** Whether a function counts or adds up records. */
export function isAggregateName(name: string): boolean {
  return name.toUpperCase() in aggregates;
}
