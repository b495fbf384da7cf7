import { z } from 'zod';
import { apiFamilies } from '../http/api-families.ts';
import { milliseconds } from '../org/durations.ts';

/** A fixed time, or one between two bounds that differs from call to call and is the same after each reset. */
const latency = z.union(
  [
    milliseconds,
    z.strictObject({ min: milliseconds, max: milliseconds }).refine(({ min, max }) => min <= max),
  ],
  { error: 'a number of milliseconds is needed, or { min, max }' },
);

/** Read-only now, from some time on, or not at all. A start that is given as a distance is kept as a time. */
const maintenance = z.union(
  [
    z.boolean(),
    z.strictObject({ startsInMs: milliseconds, lastsMs: milliseconds.optional() }),
    z.strictObject({ from: z.number(), until: z.number().nullable() }),
  ],
  { error: 'true or false is needed, or { startsInMs, lastsMs }' },
);

export type Maintenance = z.infer<typeof maintenance>;

/** How much the org gives, and how fast. */
export const limitSettings = {
  /** How long every API call takes. */
  latencyMs: latency.default(0),
  /** Added for every row that a call writes. */
  perRowMs: milliseconds.default(0),
  /** API calls within 24 hours until REQUEST_LIMIT_EXCEEDED. */
  dailyApiRequests: z.number().int().min(0).default(100_000),
  /** Graphs of one composite graph request that may fail before the rest is not worked on. */
  maxFailedGraphs: z.number().int().min(1).default(14),
  /** Ids that `updated` and `deleted` answer before they refuse with EXCEEDED_ID_LIMIT. */
  maxReplicatedIds: z.number().int().min(1).default(600_000),
  /** Whether `updated` and `deleted` cut their times to the minute, as documented. */
  replicationIgnoresSeconds: z.boolean().default(true),
  /** In place of latencyMs, for parts of the API. */
  latencyMsByApi: z.partialRecord(z.enum(apiFamilies), latency).default({}),
  /** The limit of one app, shown beside that of the org. Nothing is refused when it is reached. */
  perAppApiRequests: z.strictObject({ appName: z.string(), max: z.number().int() }).nullable().default(null),
  /** How many calls may have been running for longer than `longRequestMs`; a further call is refused. */
  concurrentLongRequests: z.number().int().min(1).default(25),
  longRequestMs: milliseconds.default(20_000),
  /** A call that takes longer is given up. */
  callTimeoutMs: milliseconds.default(600_000),
  /** How long a write waits for a row that another one holds. */
  lockWaitMs: milliseconds.default(10_000),
  /** The org is read-only: reads work, writes fail. */
  maintenance: maintenance.default(false),
  /** Versions up to this one answer with a Warning header, as deprecated versions do. */
  deprecatedUpToVersion: z.number().int().default(30),
};
