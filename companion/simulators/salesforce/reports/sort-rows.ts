import type { Column, Row } from './column.ts';
import { compareSorted, rank } from './group-rows.ts';

/** Rows by one column, blanks first. */
export function sortRows(rows: readonly Row[], column: Column, descending: boolean): Row[] {
  const direction = descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: rank(column, column.read(row)) }));
  return keyed.sort((a, b) => compareSorted(a.key, b.key) * direction).map(({ row }) => row);
}
