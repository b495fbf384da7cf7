import type { Query } from '@jetstreamapp/soql-parser-js';
import { compileVisibility } from '../access/sharing.ts';
import type { Caller } from '../http/api-call.ts';
import type { FieldValue } from '../store/stored-record.ts';
import { aggregateRows, isAggregate, isBareCount } from './aggregate-rows.ts';
import { compileOperand } from './compile-operand.ts';
import { countRows, cutGroups } from './cut-rows.ts';
import { compileOrder } from './order-rows.ts';
import { parseSoql } from './parse-soql.ts';
import { compileProjection, readColumn } from './project-row.ts';
import { malformed, unknownObject } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import { selectGroups, selectRows } from './select-rows.ts';

/** What a query found: how many rows, and a way to show some of them. */
export interface QueryResult {
  total: number;
  /** `count()` answers a number without rows. */
  countOnly: boolean;
  render: (from: number, to: number) => object[];
}

/** Runs a query as the user of the call, who does not see what field-level security hides. */
export function runQuery(call: Caller, text: string, withDeleted: boolean): QueryResult {
  const query = parseSoql(text);
  const scope = openScope(call, text, query, withDeleted);
  if (isBareCount(query)) {
    refuseCountClauses(text, query);
    const total = countRows(text, selectRows(scope, query), query);
    return { total, countOnly: true, render: () => [] };
  }
  if (isAggregate(query)) {
    const rows = aggregateRows(scope, query, selectRows(scope, query));
    return { total: rows.length, countOnly: false, render: (from, to) => rows.slice(from, to) };
  }
  const found = selectGroups(scope, query);
  const project = compileProjection(scope, query);
  // Ids, not records: what a later page shows is read when that page is.
  const ids = cutGroups(text, found, compileOrder(scope, query.orderBy), query).map(({ Id }) => String(Id));
  const table = scope.object.schema.name;
  const render = (from: number, to: number): object[] =>
    ids.slice(from, to).map((id) => project(scope.store.get(table, id) ?? { Id: id }));
  return { total: ids.length, countOnly: false, render };
}

/** `count()` without a field stands alone, but for conditions and a limit. */
function refuseCountClauses(text: string, query: Query): void {
  if (query.orderBy !== undefined) {
    const message = 'Non-grouped query that uses overall aggregate functions cannot also use ORDER BY';
    throw malformed(text, 'ORDER', message, 'FROM');
  }
  if (query.groupBy !== undefined) throw malformed(text, 'GROUP', "unexpected token: 'GROUP'", 'FROM');
}

/** What a query of this user is compiled with. */
export function openScope(call: Caller, text: string, query: Query, withDeleted: boolean): QueryScope {
  const { access, org, userId, base } = call;
  const name = query.sObject ?? '';
  const object = access.get(name.toLowerCase());
  if (object === undefined) throw unknownObject(text, name);
  const { settings, store, cursors } = org;
  const timeZone = settings.queryTimeZone ?? store.get('User', userId)?.TimeZoneSidKey ?? 'UTC';
  const pageSize = Math.min(settings.queryPageSize, settings.subqueryPageSize);
  return {
    query: text,
    access,
    store,
    object,
    alias: query.sObjectAlias,
    calendar: {
      timeZone: String(timeZone),
      fiscalStart: settings.fiscalYearStartMonth - 1,
      now: org.clock.now(),
    },
    multiCurrency: settings.multiCurrency,
    userId,
    compileVisibility: (seen) => compileVisibility(call, seen),
    withDeleted,
    timeoutRows: settings.queryTimeoutRows ?? Infinity,
    base,
    runSubquery: (subquery) => runColumn(openScope(call, text, subquery, withDeleted), subquery),
    pageSize,
    keepRest: (total, render) =>
      `${cursors.keep({ userId, total, pageSize, render, isOfChildren: true })}-${pageSize}`,
  };
}

/** The only column of a query in parentheses, without blanks. */
function runColumn(scope: QueryScope, query: Query): FieldValue[] {
  const [column] = query.fields ?? [];
  if (column?.type !== 'Field' && column?.type !== 'FieldRelationship') return [];
  const { read } = compileOperand(scope, { field: readColumn(column) }, 'WHERE');
  return [...selectRows(scope, query)].flatMap((record) => read(record) ?? []);
}
