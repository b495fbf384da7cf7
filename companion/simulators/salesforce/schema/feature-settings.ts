import { z } from 'zod';

/** What is switched on in the org, and what its users have been given. */
export const featureSettings = {
  multiCurrency: z.boolean().default(false),
  /** Permission sets by user, in place of the usual ones. */
  permissionSets: z
    .strictObject({
      integration: z.array(z.string()).optional(),
      admin: z.array(z.string()).optional(),
      rep: z.array(z.string()).optional(),
    })
    .default({}),
};
