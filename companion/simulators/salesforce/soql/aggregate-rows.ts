import type { FieldFunctionExpression, FieldType, GroupByClause, Query } from '@jetstreamapp/soql-parser-js';
import { readField } from '../read/read-field.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { malformed } from './query-error.ts';
import { readColumn } from './project-row.ts';
import { comparable } from './read-literal.ts';
import { readParent, resolvePath, type QueryScope } from './resolve-path.ts';

export function isAggregate(query: Query): boolean {
  const fields = query.fields ?? [];
  return query.groupBy !== undefined || fields.some((field) => field.type === 'FieldFunctionExpression');
}

/** `SELECT count() FROM …`, whose answer is a number and no rows. */
export function isBareCount(query: Query): boolean {
  const [field, second] = query.fields ?? [];
  return second === undefined && field?.type === 'FieldFunctionExpression' && field.parameters.length === 0;
}

/** One row a group: the grouped fields, and the aggregates as `expr0`, `expr1` where they have no alias. */
export function aggregateRows(
  scope: QueryScope,
  store: RecordStore,
  query: Query,
  rows: StoredRecord[],
): object[] {
  const keys = [query.groupBy ?? []].flat().map((clause) => readGroupField(scope, store, clause));
  const columns = compileColumns(scope, store, query.fields ?? []);
  const groups = new Map<string, StoredRecord[]>();
  for (const record of rows) {
    const key = JSON.stringify(keys.map((read) => read(record)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  if (keys.length === 0 && groups.size === 0) groups.set('', []);
  return [...groups.values()].map((group) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(columns.map(({ name, compute }) => [name, compute(group)])),
  }));
}

type Read = (record: StoredRecord) => FieldValue | null;

function compileRead(scope: QueryScope, store: RecordStore, text: string, folded: boolean): Read {
  const path = resolvePath(scope, text);
  return (record) => {
    const holder = readParent(store, record, path);
    const value = holder === null ? null : (readField(holder, path.field) as FieldValue | null);
    return value === null || !folded ? value : comparable(path.field, value);
  };
}

function readGroupField(scope: QueryScope, store: RecordStore, clause: GroupByClause): Read {
  if ('field' in clause) return compileRead(scope, store, clause.field, true);
  throw malformed(scope.query, 'GROUP', 'The simulator does not support functions in GROUP BY.');
}

interface Column {
  name: string;
  compute: (group: StoredRecord[]) => FieldValue | null;
}

function compileColumns(scope: QueryScope, store: RecordStore, fields: FieldType[]): Column[] {
  let unnamed = 0;
  return fields.map((field) => {
    if (field.type === 'FieldFunctionExpression') {
      const name = field.alias ?? `expr${unnamed++}`;
      return { name, compute: compileAggregate(scope, store, field) };
    }
    const text = readColumn(scope, field);
    const read = compileRead(scope, store, text, false);
    return {
      name: text.split('.').at(-1) ?? text,
      compute: ([first]) => (first === undefined ? null : read(first)),
    };
  });
}

function compileAggregate(
  scope: QueryScope,
  store: RecordStore,
  field: FieldFunctionExpression,
): Column['compute'] {
  const [parameter] = field.parameters;
  const aggregate = aggregates[field.functionName.toUpperCase()];
  if (aggregate === undefined || typeof parameter === 'object') {
    throw malformed(scope.query, field.functionName, `The simulator does not support ${field.functionName}.`);
  }
  if (parameter === undefined) return (group) => group.length;
  const read = compileRead(scope, store, parameter, false);
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
