import { z } from 'zod';

/** How much the org gives, and how fast. */
export const limitSettings = {
  /** Added before every API call is worked on. */
  latencyMs: z.number().min(0).default(0),
  /** Added for every row that a call writes. */
  perRowMs: z.number().min(0).default(0),
  /** API calls until REQUEST_LIMIT_EXCEEDED, counted since the start or the last reset. */
  dailyApiRequests: z.number().int().min(0).default(100_000),
  /** Graphs of one composite graph request that may fail before the rest is not worked on. */
  maxFailedGraphs: z.number().int().min(1).default(14),
  /** Ids that `updated` and `deleted` answer before they refuse with EXCEEDED_ID_LIMIT. */
  maxReplicatedIds: z.number().int().min(1).default(600_000),
  /** Whether `updated` and `deleted` cut their times to the minute, as documented. */
  replicationIgnoresSeconds: z.boolean().default(true),
};
