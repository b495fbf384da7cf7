import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { compileComparable, compileOperand, type ReadValue } from './compile-operand.ts';
import { isSortable } from './field-abilities.ts';
import { pointAt } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';

/** Rows are sorted by these, the first before the second and so on. */
export interface Criterion<Row> {
  clause: OrderByClause;
  read: (row: Row) => FieldValue | null;
}

/** Compiles the ORDER BY of a query for records. */
export function compileOrder(
  scope: QueryScope,
  orderBy: OrderByClause | OrderByClause[] = [],
): Criterion<StoredRecord>[] {
  return [orderBy].flat().map((clause) => ({ clause, read: compileKey(scope, clause) }));
}

function compileKey(scope: QueryScope, clause: OrderByClause): ReadValue {
  const operand = compileOperand(scope, clause, 'ORDER BY');
  if (isSortable(operand.field)) return compileComparable(operand);
  const message = `field '${operand.name}' can not be sorted in a query call`;
  const word = 'field' in clause ? clause.field : operand.name;
  throw pointAt(scope.query, word, 'INVALID_FIELD', message, 'ORDER BY');
}

interface Keyed<Row> {
  row: Row;
  keys: (FieldValue | null)[];
}

const FEWEST_HELD = 1000;

/** The first rows by the criteria. Of many rows not many more than are wanted are held at a time. */
export function sortRows<Row>(rows: Iterable<Row>, criteria: Criterion<Row>[], wanted: number): Row[] {
  const most = Math.max(wanted * 2, FEWEST_HELD);
  let held: Keyed<Row>[] = [];
  // Once there are enough, most rows come after the last of them, which is seen at a glance.
  let last: Keyed<Row> | undefined;
  for (const row of rows) {
    const keyed = { row, keys: criteria.map(({ read }) => read(row)) };
    if (last !== undefined && compare(keyed, last) >= 0) continue;
    held.push(keyed);
    if (held.length <= most) continue;
    held = held.sort(compare).slice(0, wanted);
    last = held.at(-1);
  }
  return held
    .sort(compare)
    .slice(0, wanted)
    .map(({ row }) => row);

  // Equal rows stay in the order in which they came.
  function compare(a: Keyed<Row>, b: Keyed<Row>): number {
    let index = 0;
    for (const { clause } of criteria) {
      const order = compareValues(a.keys[index] ?? null, b.keys[index] ?? null, clause);
      if (order !== 0) return order;
      index += 1;
    }
    return 0;
  }
}

/** Compares two values as one criterion says. Blanks come first, in either direction, unless it says otherwise. */
function compareValues(left: FieldValue | null, right: FieldValue | null, criterion: OrderByClause): number {
  const direction = criterion.order === 'DESC' ? -1 : 1;
  const blanks = criterion.nulls === 'LAST' ? 1 : -1;
  if (left === right) return 0;
  if (left === null) return blanks;
  if (right === null) return -blanks;
  return left < right ? -direction : direction;
}
