import type { Connection } from 'jsforce';
import { z } from 'zod';
import { SalesforceCallError } from './call-error.ts';

const limitsSchema = z.object({ DailyApiRequests: z.object({ Max: z.int(), Remaining: z.int() }) });

/**
 * Asks the org for its API calls of the last 24 hours. Costs one.
 *
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/resources-limits.html
 */
export async function readLimits(connection: Connection): Promise<{ used: number; max: number }> {
  const limits = limitsSchema.safeParse(await connection.request('/limits'));
  if (!limits.success) throw new SalesforceCallError('unusable-answer', 'The org does not say its limits');
  const { Max: max, Remaining: remaining } = limits.data.DailyApiRequests;
  return { used: max - remaining, max };
}
