import type { OrderByClause, WhereClause } from '@jetstreamapp/soql-parser-js';
import { refuseSlowQuery } from '../http/api-refusals.ts';
import { changeField, type StoredRecord } from '../store/stored-record.ts';
import { checkSemiJoins } from './check-semi-joins.ts';
import { combineConditions } from './combine-conditions.ts';
import { compileComparison } from './compile-comparison.ts';
import { pointAt } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import { readWhere } from './read-where.ts';

/** Looking rows up one by one costs several times what passing over them does: this share of a table is worth it. */
const ROWS_LOOKED_UP_AT_MOST = 8;

/** Which records a query is about. */
export interface Selection {
  where?: WhereClause | undefined;
  usingScope?: string | undefined;
  orderBy?: OrderByClause | OrderByClause[] | undefined;
}

/** How the records of a query are found. */
export interface Plan {
  /** The ids of the only records that can be meant, where an index tells them. */
  candidates: string[] | null;
  /** No record that was last changed before this time can be meant. */
  changedSince: string | null;
  isWanted: (record: StoredRecord) => boolean;
}

/** Compiles WHERE and USING SCOPE. */
export function planSelection(scope: QueryScope, { where, usingScope }: Selection): Plan {
  const isVisible = scope.compileVisibility(scope.object);
  const isMine = compileOwnership(scope, usingScope);
  const expression = where === undefined ? null : readWhere(where);
  if (expression !== null) checkSemiJoins(scope, expression);
  const condition =
    expression === null
      ? null
      : combineConditions(expression, (comparison) => compileComparison(scope, comparison));
  const isWanted = (record: StoredRecord): boolean =>
    (scope.withDeleted || record.IsDeleted !== true) &&
    isVisible(record) &&
    isMine(record) &&
    (condition?.matches(record) ?? true);
  return {
    candidates: condition?.candidates ?? null,
    changedSince: condition?.changedSince ?? null,
    isWanted,
  };
}

/** The records that a query is about, in the order in which they were made, one by one. */
export function selectRows(scope: QueryScope, selection: Selection): Iterable<StoredRecord> {
  const plan = planSelection(scope, selection);
  return keep(readCandidates(scope, plan), plan.isWanted);
}

/**
 * The records that a query is about in groups, each of which comes before the next whatever else it is ordered by.
 * Where an index has the order of the first criterion, these are the groups of one value each; else there is one group.
 */
export function selectGroups(scope: QueryScope, selection: Selection): Iterable<Iterable<StoredRecord>> {
  const plan = planSelection(scope, selection);
  const descending = readTimeOrder(scope, selection);
  const groups = descending === null || plan.candidates !== null ? null : readInTime(scope, plan, descending);
  return groups === null
    ? [keep(readCandidates(scope, plan), plan.isWanted)]
    : keepGroups(scope, groups, plan.isWanted);
}

function* keepGroups(
  scope: QueryScope,
  groups: Iterable<Iterable<string>>,
  isWanted: Plan['isWanted'],
): Generator<Iterable<StoredRecord>> {
  for (const ids of groups) yield keep(readRecords(scope, ids), isWanted);
}

/** Whether the records are wanted by the time of their last change, and then whether the latest comes first. */
function readTimeOrder(scope: QueryScope, { orderBy = [] }: Selection): boolean | null {
  const [first] = [orderBy].flat();
  const field = first !== undefined && 'field' in first ? first.field.toLowerCase() : '';
  return scope.object.fields.get(field)?.name === changeField ? first?.order === 'DESC' : null;
}

function readInTime(
  { store, object, timeoutRows }: QueryScope,
  { changedSince }: Plan,
  descending: boolean,
): Iterable<Iterable<string>> | null {
  const table = object.schema.name;
  if (store.rows(table).size > timeoutRows) return null;
  return store.inOrder(table, changeField, { least: changedSince, descending });
}

function* readRecords({ store, object }: QueryScope, ids: Iterable<string>): Generator<StoredRecord> {
  for (const id of ids) {
    const record = store.get(object.schema.name, id);
    if (record !== undefined) yield record;
  }
}

function* keep(
  records: Iterable<StoredRecord>,
  isWanted: (record: StoredRecord) => boolean,
): Generator<StoredRecord> {
  for (const record of records) if (isWanted(record)) yield record;
}

function readCandidates(scope: QueryScope, plan: Plan): Iterable<StoredRecord> {
  if (plan.candidates !== null) return readRecords(scope, [...new Set(plan.candidates)].sort());
  const rows = scope.store.rows(scope.object.schema.name);
  if (rows.size > scope.timeoutRows) {
    throw refuseSlowQuery();
  }
  const recent = listRecent(scope, plan, rows.size / ROWS_LOOKED_UP_AT_MOST);
  return recent === null ? rows.values() : readRecords(scope, recent);
}

/** The ids of the records changed since a time, or null where these are so many that a look at all rows is quicker. */
function listRecent(scope: QueryScope, plan: Plan, most: number): string[] | null {
  if (plan.changedSince === null) return null;
  const ids: string[] = [];
  for (const group of readInTime(scope, plan, true) ?? [scope.store.rows(scope.object.schema.name).keys()]) {
    for (const id of group) ids.push(id);
    if (ids.length > most) return null;
  }
  return ids.sort();
}

/** `USING SCOPE mine` leaves the user's own records; other scopes than that and `everything` are not known here. */
function compileOwnership(scope: QueryScope, name = 'everything'): (record: StoredRecord) => boolean {
  if (name.toLowerCase() === 'everything') return () => true;
  if (name.toLowerCase() === 'mine' && scope.object.fields.has('ownerid')) {
    return (record) => record.OwnerId === scope.userId;
  }
  const message = `Invalid filter scope: ${name}`;
  throw pointAt(scope.query, name, 'INVALID_QUERY_SCOPE', message, 'FROM');
}
