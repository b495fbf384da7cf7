import { z } from 'zod';

/** What is switched on in the org, and what its users have been given. */
export const featureSettings = {
  multiCurrency: z.boolean().default(false),
  /** Rates by day, in DatedConversionRate. Has an effect only together with `multiCurrency`. */
  advancedCurrency: z.boolean().default(false),
  /** Account is also for persons, with the fields of their Contact. */
  personAccounts: z.boolean().default(false),
  /** Record types that the org's admin has made; the first active one of an object is its default. */
  recordTypes: z
    .array(
      z.strictObject({
        object: z.string(),
        developerName: z.string().regex(/^[a-z]\w*$/i),
        name: z.string().min(1),
        active: z.boolean().default(true),
      }),
    )
    .default([]),
  /** What `limits/recordCount` tells in place of the true count, which it only estimates: `{ "Account": 1 }`. */
  recordCounts: z.record(z.string(), z.number().int().min(0)).default({}),
  /** Assigns these permission sets to a user, and takes away the others that are assigned. */
  permissionSets: z
    .strictObject({
      integration: z.array(z.string()).optional(),
      admin: z.array(z.string()).optional(),
      rep: z.array(z.string()).optional(),
    })
    .default({}),
};
