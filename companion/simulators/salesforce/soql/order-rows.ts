import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import { isLongText } from '../schema/field-definition.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import { compileComparable } from './compile-value.ts';
import { malformed } from './query-error.ts';
import { resolvePath, type QueryScope } from './resolve-path.ts';

type Compare = (a: StoredRecord, b: StoredRecord) => number;

/** Sorts records as ORDER BY says. Blanks come first, in either direction, unless it says otherwise. */
export function orderRows(
  scope: QueryScope,
  store: RecordStore,
  rows: StoredRecord[],
  orderBy: OrderByClause | OrderByClause[] | undefined,
): StoredRecord[] {
  if (orderBy === undefined) return rows;
  const criteria = [orderBy].flat().map((criterion) => compareBy(scope, store, criterion));
  return [...rows].sort((a, b) => {
    for (const compare of criteria) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compareBy(scope: QueryScope, store: RecordStore, criterion: OrderByClause): Compare {
  if ('fn' in criterion)
    throw malformed(scope.query, 'ORDER', 'The simulator does not support functions in ORDER BY.');
  const path = resolvePath(scope, criterion.field);
  if (isLongText(path.field) || path.field.type === 'address') {
    throw ApiError.of(400, 'INVALID_FIELD', `field '${path.field.name}' can not be sorted in a query call`);
  }
  const value = compileComparable(store, path);
  return (a, b) => compareValues(value(a), value(b), criterion);
}

/** Compares two values as one criterion says. */
export function compareValues(
  left: FieldValue | null,
  right: FieldValue | null,
  criterion: OrderByClause,
): number {
  const direction = criterion.order === 'DESC' ? -1 : 1;
  const blanks = criterion.nulls === 'LAST' ? 1 : -1;
  if (left === right) return 0;
  if (left === null) return blanks;
  if (right === null) return -blanks;
  return left < right ? -direction : direction;
}
