import { z } from 'zod';
import { ApiProblem } from './route.ts';

/** Rows that a page has where nothing else is asked for, and at most. */
const DEFAULT_ROWS = 50;
const MOST_ROWS = 200;

/** The query of a list: how many rows, and where to go on. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(DEFAULT_ROWS),
  after: z.string().max(2000).optional().meta({ description: '`next` of the page before' }),
};

/** What a list answers besides its rows. */
export const nextPage = z
  .string()
  .nullable()
  .meta({ description: 'Give it as `after` to read the next page; null on the last one' });

/**
 * Reads a cursor that {@link cutPage} made.
 *
 * @throws {ApiProblem} when it is none
 */
export function readCursor<Shape extends z.ZodType>(
  after: string | undefined,
  shape: Shape,
): z.output<Shape> | undefined {
  if (after === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')));
  } catch {
    throw new ApiProblem({
      status: 422,
      code: 'invalid-request',
      title: 'The request does not fit',
      detail: 'after: must be the `next` of the page before',
      extra: { errors: [{ field: 'after', problem: 'must be the `next` of the page before' }] },
    });
  }
}

/** Makes a page of rows of which one more was read than it holds. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => unknown,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const isLast = rows.length <= limit || last === undefined;
  return {
    rows: page,
    next: isLast ? null : Buffer.from(JSON.stringify(placeOf(last))).toString('base64url'),
  };
}

/** A moment as a cursor holds it: text of the database, to the microsecond. */
export const cursorTime = z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-][\d:]+$/);
