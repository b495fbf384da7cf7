import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { List, Page } from '../store/list.ts';
import type { Row } from '../store/rows.ts';
import { ApiProblem } from './api-problem.ts';

const LARGEST_PAGE = 500;
const pageShape = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(100),
});

/** Reads which page is wanted. Other filters are ignored, as Upflow ignores them. */
export function readPage(query: unknown): Page {
  const page = pageShape.safeParse(query);
  if (page.success) return page.data;
  throw new ApiProblem(400, `offset must be 0 or more, limit from 1 to ${LARGEST_PAGE}.`);
}

/**
 * Answers a page of a list.
 *
 * @param key what the answer calls the list: Upflow has another one for each
 */
export function sendPage<Kind extends Row>(
  list: List<Kind>,
  key: string,
  describe: (rows: Kind[]) => object[],
): RequestHandler {
  return (req, res) => {
    const page = readPage(req.query);
    const { rows, total } = list.page(page);
    res.json({ [key]: describe(rows), ...page, total });
  };
}

/** Answers a page of a list that is at hand. */
export function pageOf<Kind>(rows: readonly Kind[], query: unknown, describe: (row: Kind) => object): object {
  const { offset, limit } = readPage(query);
  return { items: rows.slice(offset, offset + limit).map(describe), offset, limit, total: rows.length };
}
