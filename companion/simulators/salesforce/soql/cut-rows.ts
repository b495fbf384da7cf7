import { pointAt } from './query-error.ts';
import { sortRows, type Criterion } from './order-rows.ts';

const MAX_OFFSET = 2000;

/** What a query keeps of its rows. */
export interface Cut {
  limit?: number;
  offset?: number;
}

/** Orders rows and keeps those that LIMIT and OFFSET leave. Without an order it reads no further than it must. */
export function cutRows<Row>(
  query: string,
  rows: Iterable<Row>,
  criteria: Criterion<Row>[],
  cut: Cut,
): Row[] {
  return cutGroups(query, [rows], criteria, cut);
}

/** The same for rows in groups, each of which comes before the next: only those are read that still have a place. */
export function cutGroups<Row>(
  query: string,
  groups: Iterable<Iterable<Row>>,
  criteria: Criterion<Row>[],
  cut: Cut,
): Row[] {
  const { offset, wanted } = readCut(query, cut);
  let first: Row[] = [];
  if (wanted === 0) return first;
  for (const rows of groups) {
    const left = wanted - first.length;
    first = first.concat(criteria.length > 0 ? sortRows(rows, criteria, left) : takeFirst(rows, left));
    if (first.length >= wanted) break;
  }
  return first.slice(offset);
}

/** How many rows LIMIT and OFFSET leave, without keeping any. */
export function countRows(query: string, rows: Iterable<unknown>, cut: Cut): number {
  const { offset, wanted } = readCut(query, cut);
  let count = 0;
  if (wanted === 0) return count;
  for (const _row of rows) {
    count += 1;
    if (count >= wanted) break;
  }
  return Math.max(count - offset, 0);
}

function readCut(query: string, { limit = Infinity, offset = 0 }: Cut): { offset: number; wanted: number } {
  if (offset <= MAX_OFFSET) return { offset, wanted: offset + limit };
  const message = `Maximum SOQL offset allowed is ${MAX_OFFSET}`;
  throw pointAt(query, 'OFFSET', 'NUMBER_OUTSIDE_VALID_RANGE', message, 'OFFSET');
}

function takeFirst<Row>(rows: Iterable<Row>, wanted: number): Row[] {
  const first: Row[] = [];
  for (const row of rows) {
    first.push(row);
    if (first.length >= wanted) break;
  }
  return first;
}
