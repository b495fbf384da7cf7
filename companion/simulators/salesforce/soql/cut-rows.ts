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
  { limit = Infinity, offset = 0 }: Cut,
): Row[] {
  if (offset > MAX_OFFSET) {
    const message = `Maximum SOQL offset allowed is ${MAX_OFFSET}`;
    throw pointAt(query, 'OFFSET', 'NUMBER_OUTSIDE_VALID_RANGE', message, 'OFFSET');
  }
  const wanted = offset + limit;
  if (criteria.length > 0) return sortRows(rows, criteria, wanted).slice(offset);
  const first: Row[] = [];
  if (wanted === 0) return first;
  for (const row of rows) {
    first.push(row);
    if (first.length >= wanted) break;
  }
  return first.slice(offset);
}
