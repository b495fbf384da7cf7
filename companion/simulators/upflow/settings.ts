import { z } from 'zod';

/** How Upflow behaves. Latency, refusals and limits are those of the API; pages and controls stay as they are. */
export const settingsShape = z.strictObject({
  /** Every answer of the API comes so much later. */
  latencyMs: z.int().min(0).max(600_000),
  /** A status that the API answers everything with; null lets it work. */
  refuse: z.union([z.literal([400, 401, 403, 404, 429, 500, 502, 503]), z.null()]),
  /** Further requests within a minute are answered 429. */
  requestsPerMinute: z.int().min(1),
  /** Further requests beside so many are answered 429. */
  concurrentRequests: z.int().min(1),
  /** Lists show a write only so much later; what is asked for by its id is there at once. */
  consistencyDelayMs: z.int().min(0).max(600_000),
  /** Lists begin with the newest, so that what is added moves everything to later pages. */
  shiftPages: z.boolean(),
  /** The organization's clock, a day or an instant, at which it stands still; null is this machine's. */
  today: z.union([z.iso.date(), z.iso.datetime({ offset: true }), z.null()]),
  /** What figures are in where a customer has no currency of its own. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD'),
  /** What a unit of each currency is worth, in whatever all of them are compared with. */
  exchangeRates: z.record(z.string(), z.number().positive()),
  /** Whether what the API changes of a customer is pushed, as what the controls change always is. */
  pushApiChanges: z.boolean(),
});

export type Settings = z.infer<typeof settingsShape>;

/**
 * The limits are Upflow's own:
 * https://docs.upflow.io/en-us/technical-documentation/api/integrating-with-the-upflow-api
 */
export const defaultSettings: Readonly<Settings> = {
  latencyMs: 0,
  refuse: null,
  requestsPerMinute: 600,
  concurrentRequests: 10,
  consistencyDelayMs: 0,
  shiftPages: false,
  today: null,
  currency: 'USD',
  exchangeRates: { USD: 1, EUR: 1.08, GBP: 1.27, CAD: 0.73, CHF: 1.13, AUD: 0.66, JPY: 0.0067 },
  pushApiChanges: true,
};
