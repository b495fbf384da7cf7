import { z } from 'zod';

/** A validation rule of the org's admin, as far as tests need one: a condition on one field. */
const validationRule = z.strictObject({
  name: z.string(),
  object: z.string().default('Account'),
  field: z.string(),
  whenEquals: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  whenStartsWith: z.string().optional(),
  whenContains: z.string().optional(),
  whenGreaterThan: z.number().optional(),
  message: z.string(),
  /** Where the message is shown; without it, at the top of the page, and `fields` is empty. */
  errorField: z.string().optional(),
});

export type ValidationRule = z.infer<typeof validationRule>;

/** Every setting with what it does; the names are what `PUT /_simulator/settings` accepts. */
export const settingsShape = z.strictObject({
  /** Added before every API call is worked on. */
  latencyMs: z.number().min(0).default(0),
  /** Added for every row that a call writes. */
  perRowMs: z.number().min(0).default(0),
  /** API calls until REQUEST_LIMIT_EXCEEDED, counted since the start or the last reset. */
  dailyApiRequests: z.number().int().min(0).default(100_000),
  multiCurrency: z.boolean().default(false),
  /** A refresh answers a new refresh token and ends the old; using an old one ends the whole family. */
  refreshTokenRotation: z.boolean().default(false),
  /** Rows in a page of a query, where that is fewer than the client asked for. */
  queryPageSize: z.number().int().min(1).max(2000).default(2000),
  validationRules: z.array(validationRule).default([]),
  /** Permission sets by user, in place of the usual ones. */
  permissionSets: z
    .strictObject({
      integration: z.array(z.string()).optional(),
      admin: z.array(z.string()).optional(),
      rep: z.array(z.string()).optional(),
    })
    .default({}),
  /** How long an access token lives. */
  sessionMinutes: z.number().min(0).default(120),
});

export type Settings = z.infer<typeof settingsShape>;

export const defaultSettings: Settings = settingsShape.parse({});
export const settingNames: readonly string[] = Object.keys(settingsShape.shape);
