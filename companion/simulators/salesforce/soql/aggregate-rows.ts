import type { Query } from '@jetstreamapp/soql-parser-js';
import type { RecordStore } from '../store/record-store.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { compileColumns, compileGroupField, compileOrder } from './compile-aggregate.ts';
import { compareValues } from './order-rows.ts';
import type { QueryScope } from './resolve-path.ts';

/** Whether the answer is groups rather than records. */
export function isAggregate(query: Query): boolean {
  const fields = query.fields ?? [];
  return query.groupBy !== undefined || fields.some((field) => field.type === 'FieldFunctionExpression');
}

/** `SELECT count() FROM …`, whose answer is a number and no rows. */
export function isBareCount(query: Query): boolean {
  const [field, second] = query.fields ?? [];
  return second === undefined && field?.type === 'FieldFunctionExpression' && field.parameters.length === 0;
}

/** One row a group: the grouped fields and the aggregates. Without GROUP BY all records are one group. */
export function aggregateRows(
  scope: QueryScope,
  store: RecordStore,
  query: Query,
  rows: StoredRecord[],
): object[] {
  const keys = [query.groupBy ?? []].flat().map((clause) => compileGroupField(scope, store, clause));
  const columns = compileColumns(scope, store, query.fields ?? []);
  const groups = new Map<string, StoredRecord[]>();
  for (const record of rows) {
    const key = JSON.stringify(keys.map((read) => read(record)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  if (keys.length === 0 && groups.size === 0) groups.set('', []);
  return orderGroups(scope, store, query, [...groups.values()]).map((group) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(columns.map(({ name, compute }) => [name, compute(group)])),
  }));
}

function orderGroups(
  scope: QueryScope,
  store: RecordStore,
  query: Query,
  groups: StoredRecord[][],
): StoredRecord[][] {
  const criteria = [query.orderBy ?? []]
    .flat()
    .map((clause) => ({ clause, compute: compileOrder(scope, store, clause) }));
  return groups.sort((a, b) => {
    const orders = criteria.map(({ clause, compute }) => compareValues(compute(a), compute(b), clause));
    return orders.find((order) => order !== 0) ?? 0;
  });
}
