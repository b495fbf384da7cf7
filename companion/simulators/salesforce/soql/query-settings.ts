import { z } from 'zod';

/** How queries answer. */
export const querySettings = {
  /** Rows in a page of a query, where that is fewer than the client asked for. */
  queryPageSize: z.number().int().min(1).max(2000).default(2000),
};
