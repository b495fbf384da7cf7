import type {
  FieldFunctionExpression,
  FieldType,
  GroupByClause,
  OrderByClause,
} from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import { isLongText } from '../schema/field-definition.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { compileComparable, compileValue, type ReadValue } from './compile-value.ts';
import { readColumn } from './project-row.ts';
import { malformed } from './query-error.ts';
import { resolvePath, type QueryScope } from './resolve-path.ts';

export type Compute = (group: StoredRecord[]) => FieldValue | null;

/** A column of a grouped query. */
export interface AggregateColumn {
  name: string;
  compute: Compute;
}

/** What groups records: texts that differ in case only are in one group. */
export function compileGroupField(scope: QueryScope, store: RecordStore, clause: GroupByClause): ReadValue {
  if (!('field' in clause)) {
    throw malformed(scope.query, 'GROUP', 'The simulator does not support functions in GROUP BY.');
  }
  const path = resolvePath(scope, clause.field);
  if (isLongText(path.field) || path.field.type === 'address') {
    throw ApiError.of(400, 'INVALID_FIELD', `field '${path.field.name}' can not be grouped in a query call`);
  }
  return compileComparable(store, path);
}

/** The SELECT list of a grouped query; an aggregate without an alias is `expr0`, `expr1` and so on. */
export function compileColumns(
  scope: QueryScope,
  store: RecordStore,
  fields: FieldType[],
): AggregateColumn[] {
  let unnamed = 0;
  return fields.map((field) => {
    if (field.type === 'FieldFunctionExpression') {
      const name = field.alias ?? `expr${unnamed++}`;
      return { name, compute: compileAggregate(scope, store, field) };
    }
    const text = readColumn(scope, field);
    return { name: text.split('.').at(-1) ?? text, compute: compileFirst(scope, store, text) };
  });
}

/** What a grouped query is ordered by: an aggregate or a grouped field. */
export function compileOrder(scope: QueryScope, store: RecordStore, clause: OrderByClause): Compute {
  if ('field' in clause) return compileFirst(scope, store, clause.field);
  const { functionName = '', parameters = [] } = clause.fn;
  const plain = parameters.filter((parameter) => typeof parameter === 'string');
  return compileAggregate(scope, store, { functionName, parameters: plain });
}

/** The value that all records of a group share. */
function compileFirst(scope: QueryScope, store: RecordStore, text: string): Compute {
  const read = compileValue(store, resolvePath(scope, text));
  return ([first]) => (first === undefined ? null : read(first));
}

function compileAggregate(
  scope: QueryScope,
  store: RecordStore,
  field: Pick<FieldFunctionExpression, 'functionName' | 'parameters'>,
): Compute {
  const [parameter] = field.parameters;
  const aggregate = aggregates[field.functionName.toUpperCase()];
  if (aggregate === undefined || typeof parameter === 'object') {
    throw malformed(scope.query, field.functionName, `The simulator does not support ${field.functionName}.`);
  }
  if (parameter === undefined) return (group) => group.length;
  const read = compileValue(store, resolvePath(scope, parameter));
  return (group) => aggregate(group.map(read).filter((value) => value !== null));
}

const sum = (values: FieldValue[]): number =>
  values.reduce<number>((total, value) => total + Number(value), 0);
const pick = (values: FieldValue[], better: (a: FieldValue, b: FieldValue) => boolean): FieldValue | null =>
  values.reduce<FieldValue | null>(
    (best, value) => (best === null || better(value, best) ? value : best),
    null,
  );

const aggregates: Record<string, (values: FieldValue[]) => FieldValue | null> = {
  COUNT: (values) => values.length,
  COUNT_DISTINCT: (values) => new Set(values.map((value) => String(value).toLowerCase())).size,
  SUM: (values) => (values.length === 0 ? null : sum(values)),
  AVG: (values) => (values.length === 0 ? null : sum(values) / values.length),
  MIN: (values) => pick(values, (a, b) => a < b),
  MAX: (values) => pick(values, (a, b) => a > b),
};
