import type { WhereClause } from '@jetstreamapp/soql-parser-js';
import { refuseSlowQuery } from '../http/api-refusals.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { checkSemiJoins } from './check-semi-joins.ts';
import { combineConditions } from './combine-conditions.ts';
import { compileComparison } from './compile-comparison.ts';
import { pointAt } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import { readWhere } from './read-where.ts';

/** Which records a query is about. */
export interface Selection {
  where?: WhereClause | undefined;
  usingScope?: string | undefined;
}

/** How the records of a query are found. */
export interface Plan {
  /** The ids of the only records that can be meant, where an index tells them. */
  candidates: string[] | null;
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
  return { candidates: condition?.candidates ?? null, isWanted };
}

/** The records that a query is about, in the order in which they were made, one by one. */
export function selectRows(scope: QueryScope, selection: Selection): Iterable<StoredRecord> {
  const { candidates, isWanted } = planSelection(scope, selection);
  return keep(readCandidates(scope, candidates), isWanted);
}

function* keep(
  records: Iterable<StoredRecord>,
  isWanted: (record: StoredRecord) => boolean,
): Generator<StoredRecord> {
  for (const record of records) if (isWanted(record)) yield record;
}

function readCandidates(
  { store, object, timeoutRows }: QueryScope,
  candidates: string[] | null,
): Iterable<StoredRecord> {
  const table = object.schema.name;
  if (candidates !== null) {
    const ids = [...new Set(candidates)].sort();
    return ids.map((id) => store.get(table, id)).filter((record) => record !== undefined);
  }
  const rows = store.rows(table);
  if (rows.size > timeoutRows) {
    throw refuseSlowQuery();
  }
  return rows.values();
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
