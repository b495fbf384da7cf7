import type { FieldType, OrderByClause, Query } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { combineConditions, type Condition } from './combine-conditions.ts';
import { compileGroupOperand, isAggregateName, type Group, type GroupOperand } from './compile-aggregate.ts';
import { compileComparisonTest, readLiterals } from './compile-comparison.ts';
import { cutRows } from './cut-rows.ts';
import { compileGrouping, identify, type Grouping, type GroupKey } from './grouping-sets.ts';
import type { Criterion } from './order-rows.ts';
import { readColumn } from './project-row.ts';
import { malformed } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import { comparable } from './read-literal.ts';
import { readWhere } from './read-where.ts';

const MOST_GROUPS = 2000;

/** Whether the answer is groups rather than records. */
export function isAggregate({ fields = [], groupBy }: Query): boolean {
  return (
    groupBy !== undefined ||
    fields.some((field) => field.type === 'FieldFunctionExpression' && isAggregateName(field.functionName))
  );
}

/** `SELECT count() FROM …`, whose answer is a number and no rows. */
export function isBareCount(query: Query): boolean {
  const [field, second] = query.fields ?? [];
  return second === undefined && field?.type === 'FieldFunctionExpression' && field.parameters.length === 0;
}

interface Column {
  name: string;
  operand: GroupOperand;
}

/** One row a group: the grouped fields and the aggregates. Without GROUP BY all records are one group. */
export function aggregateRows(scope: QueryScope, query: Query, rows: Iterable<StoredRecord>): object[] {
  refuseLimit(scope, query);
  const grouping = compileGrouping(scope, query.groupBy);
  const columns = compileColumns(scope, grouping, query.fields ?? []);
  const criteria = compileCriteria(scope, grouping, columns, query);
  const isWanted = compileHaving(scope, grouping, query);
  const groups = [...groupRecords(grouping, rows)].filter(isWanted);
  const cut = cutRows(scope.query, groups, criteria, query);
  if (cut.length > MOST_GROUPS) {
    const message =
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
    throw ApiError.of(400, 'EXCEEDED_ID_LIMIT', message);
  }
  return cut.map((group) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(columns.map(({ name, operand }) => [name, operand.compute(group)])),
  }));
}

/** One row that sums up everything leaves nothing to limit. */
function refuseLimit(scope: QueryScope, query: Query): void {
  if (query.groupBy !== undefined) return;
  const clause = query.limit === undefined ? (query.orderBy === undefined ? null : 'ORDER BY') : 'LIMIT';
  if (clause === null) return;
  const message = `Non-grouped query that uses overall aggregate functions cannot also use ${clause}`;
  throw malformed(scope.query, clause.split(' ')[0] ?? clause, message, 'FROM');
}

/** The SELECT list of a grouped query; an aggregate without an alias is `expr0`, `expr1` and so on. */
function compileColumns(scope: QueryScope, grouping: Grouping, fields: FieldType[]): Column[] {
  let unnamed = 0;
  const names = new Set<string>();
  return fields.map((field) => {
    const column = compileColumn(field);
    if (names.has(column.name.toLowerCase()))
      throw malformed(scope.query, column.name, `duplicate alias: ${column.name}`);
    names.add(column.name.toLowerCase());
    return column;
  });

  function compileColumn(field: FieldType): Column {
    if (field.type === 'FieldFunctionExpression') {
      if (field.parameters.length === 0 && fields.length > 1)
        throw malformed(scope.query, field.functionName, "unexpected token: 'count'");
      const operand = compileGroupOperand(scope, grouping, { fn: field }, 'SELECT');
      return { name: field.alias ?? `expr${unnamed++}`, operand };
    }
    if (field.type !== 'Field' && field.type !== 'FieldRelationship')
      throw malformed(scope.query, 'SELECT', 'only root queries support aggregate expressions');
    const operand = compileGroupOperand(scope, grouping, { field: readColumn(field) }, 'SELECT');
    return { name: ('alias' in field ? field.alias : undefined) ?? operand.name, operand };
  }
}

function compileCriteria(
  scope: QueryScope,
  grouping: Grouping,
  columns: Column[],
  { orderBy = [] }: Query,
): Criterion<Group>[] {
  return [orderBy].flat().map((clause) => {
    const { field, compute } = findAlias(clause) ?? compileGroupOperand(scope, grouping, clause, 'ORDER BY');
    return { clause, read: (group) => fold(compute(group)) };

    function fold(value: FieldValue | null): FieldValue | null {
      return value === null ? null : comparable(field, value);
    }
  });

  function findAlias(clause: OrderByClause): GroupOperand | undefined {
    if (!('field' in clause) || grouping.keys.some(({ id }) => id === identify(scope, clause.field))) return;
    return columns.find(({ name }) => name.toLowerCase() === clause.field.toLowerCase())?.operand;
  }
}

function compileHaving(scope: QueryScope, grouping: Grouping, { having }: Query): (group: Group) => boolean {
  if (having === undefined) return () => true;
  return combineConditions(readWhere(having), (comparison): Condition<Group> => {
    const operand = compileGroupOperand(scope, grouping, comparison, 'HAVING');
    const literals = readLiterals(scope, operand.field, comparison, 'HAVING');
    const test = compileComparisonTest(scope, operand, comparison, literals, 'HAVING');
    const matches = (group: Group): boolean => {
      const value = operand.compute(group);
      return test(value === null ? null : comparable(operand.field, value));
    };
    return { matches, candidates: null, changedSince: null };
  }).matches;
}

function groupRecords({ keys, sets }: Grouping, rows: Iterable<StoredRecord>): Group[] {
  const records = [...rows];
  if (keys.length === 0) return [{ records, keys: [] }];
  return sets.flatMap((set) => groupBy(set, records));
}

function groupBy(keys: GroupKey[], records: StoredRecord[]): Group[] {
  const [only, another] = keys;
  // A value by itself tells the groups apart, and costs nothing for each record of a large org.
  const isSingle = only !== undefined && another === undefined;
  const groups = Map.groupBy(records, (record) =>
    isSingle ? only.key(record) : JSON.stringify(keys.map(({ key }) => key(record))),
  );
  return [...groups.values()].map((some) => ({ records: some, keys }));
}
