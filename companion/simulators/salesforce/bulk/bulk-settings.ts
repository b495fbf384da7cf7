import { z } from 'zod';
import { milliseconds } from '../org/durations.ts';

/** How jobs of Bulk API 2.0 run, and how much of them the org gives in a day. */
export const bulkSettings = {
  /** How long a job waits before it begins, and again before it ends. */
  bulkStateMs: milliseconds.default(5),
  /** How long a job takes for every row, beyond what the work itself takes. */
  bulkRowMs: milliseconds.default(0),
  /** The largest upload, counted as Salesforce counts it: after Base64 encoding. */
  bulkUploadBytes: z.number().int().min(1).default(150_000_000),
  /** Whether users have the Bulk API Hard Delete permission, which no profile has at first. */
  bulkHardDelete: z.boolean().default(false),
  /** Batches of 10,000 rows that ingest jobs may use within 24 hours. */
  dailyBulkApiBatches: z.number().int().min(0).default(15_000),
  /** Query jobs within 24 hours. */
  dailyBulkV2QueryJobs: z.number().int().min(0).default(10_000),
  /** Rows in a page of a query job's results, where the client asks for no number or for more. */
  bulkResultRows: z.number().int().min(1).default(50_000),
  /** Jobs in a page of a list of jobs. */
  bulkListSize: z.number().int().min(1).default(1000),
};
