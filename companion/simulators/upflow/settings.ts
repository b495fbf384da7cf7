import { z } from 'zod';

/** How Upflow's API behaves; the pages and the controls stay as they are. */
export const settingsShape = z.strictObject({
  /** Every answer of the API comes so much later. */
  latencyMs: z.int().min(0).max(600_000),
  /** A status that the API answers everything with; null lets it work. */
  refuse: z.union([z.literal([400, 401, 403, 404, 429, 500, 502, 503]), z.null()]),
  /** Further requests within a minute are answered 429. */
  requestsPerMinute: z.int().min(1),
});

export type Settings = z.infer<typeof settingsShape>;

/**
 * The rate limit is Upflow's own:
 * https://docs.upflow.io/en-us/technical-documentation/api/integrating-with-the-upflow-api
 */
export const defaultSettings: Readonly<Settings> = { latencyMs: 0, refuse: null, requestsPerMinute: 600 };
