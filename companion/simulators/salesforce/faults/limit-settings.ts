import { z } from 'zod';

/** How much the org gives, and how fast. */
export const limitSettings = {
  /** Added before every API call is worked on. */
  latencyMs: z.number().min(0).default(0),
  /** Added for every row that a call writes. */
  perRowMs: z.number().min(0).default(0),
  /** API calls until REQUEST_LIMIT_EXCEEDED, counted since the start or the last reset. */
  dailyApiRequests: z.number().int().min(0).default(100_000),
};
