import type { Query } from '@jetstreamapp/soql-parser-js';
import type { ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import type { FieldValue } from '../store/stored-record.ts';
import { aggregateRows, isAggregate, isBareCount } from './aggregate-rows.ts';
import type { CompileContext } from './compile-comparison.ts';
import { compileValue } from './compile-value.ts';
import { orderRows } from './order-rows.ts';
import { parseSoql } from './parse-soql.ts';
import { compileProjection, readColumn } from './project-row.ts';
import { unknownObject } from './query-error.ts';
import { resolvePath, type QueryScope } from './resolve-path.ts';
import { selectRows } from './select-rows.ts';

const MAX_OFFSET = 2000;

/** What a query found: how many rows, and a way to show some of them. */
export interface QueryResult {
  total: number;
  /** `count()` answers a number without rows. */
  countOnly: boolean;
  render: (from: number, to: number) => object[];
}

/** Runs a query as the user of the call, who does not see what field-level security hides. */
export function runQuery(call: ApiCall, text: string, withDeleted: boolean): QueryResult {
  const query = parseSoql(text);
  const context = openContext(call, text, query, withDeleted);
  const { scope, store } = context;
  const found = selectRows(context, query.where, withDeleted);
  if (isBareCount(query)) return { total: found.length, countOnly: true, render: () => [] };
  if (isAggregate(query)) {
    const rows = cut(aggregateRows(scope, store, query, found), query);
    return { total: rows.length, countOnly: false, render: (from, to) => rows.slice(from, to) };
  }
  const project = compileProjection(scope, store, query.fields ?? [], call.base);
  // Ids, not records: what a later page shows is read when that page is.
  const ids = cut(orderRows(scope, store, found, query.orderBy), query).map((record) => String(record.Id));
  const table = scope.object.schema.name;
  const render = (from: number, to: number): object[] =>
    ids.slice(from, to).map((id) => project(store.get(table, id) ?? { Id: id }));
  return { total: ids.length, countOnly: false, render };
}

function openContext(call: ApiCall, text: string, query: Query, withDeleted: boolean): CompileContext {
  const name = query.sObject ?? '';
  const object = call.access.get(name.toLowerCase());
  if (object === undefined) throw unknownObject(text, name);
  const scope: QueryScope = { query: text, access: call.access, object, alias: query.sObjectAlias };
  const runSubquery = (subquery: Query): FieldValue[] => runColumn(call, text, subquery, withDeleted);
  return { scope, store: call.org.store, runSubquery };
}

/** The only column of a query in parentheses, without blanks. */
function runColumn(call: ApiCall, text: string, query: Query, withDeleted: boolean): FieldValue[] {
  const context = openContext(call, text, query, withDeleted);
  const [column] = query.fields ?? [];
  if (column === undefined) return [];
  const read = compileValue(context.store, resolvePath(context.scope, readColumn(context.scope, column)));
  return selectRows(context, query.where, withDeleted).flatMap((record) => read(record) ?? []);
}

function cut<Row>(rows: Row[], query: Query): Row[] {
  const offset = query.offset ?? 0;
  if (offset > MAX_OFFSET) {
    throw ApiError.of(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  return rows.slice(offset, offset + (query.limit ?? Infinity));
}
