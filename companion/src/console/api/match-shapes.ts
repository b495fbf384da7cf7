import { z } from 'zod';

/** Parts of answers that several routes on matching share. */
export const pairShape = z.object({
  upflow: z.string().min(1).max(300).meta({ example: 'externalId' }),
  salesforce: z.string().min(1).max(255).meta({ example: 'ERP_Code__c' }),
});

export const reasonShape = z.object({
  code: z.string(),
  message: z.string(),
  explanation: z.string(),
  action: z.string(),
});

export const countsShape = z.object({
  customers: z.int(),
  accounts: z.int().meta({ description: 'Accounts that have a value' }),
  matched: z.int(),
  missingInSalesforce: z.int(),
  missingInUpflow: z.int(),
  duplicate: z.int(),
  formatting: z.int(),
  manual: z.int().meta({ description: 'Customers that a person decided about' }),
});

export const movesShape = z.object({ gain: z.int(), lose: z.int(), change: z.int() });
export const accountShape = z.object({ id: z.string(), name: z.string(), value: z.string() });
export const linkShape = z.object({ source: z.string(), by: z.string(), at: z.date() });
export const jobStateShape = z.enum(['running', 'done', 'failed']);

export const advisedPairShape = z.object({
  upflow: z.string(),
  upflowLabel: z.string(),
  salesforce: z.string(),
  salesforceLabel: z.string(),
  score: z.number(),
  coverage: z.number(),
  uniqueness: z.number(),
  overlap: z.number(),
  sentence: z.string(),
});

export const matchKindShape = z.enum([
  'matched',
  'missing-in-salesforce',
  'missing-in-upflow',
  'duplicate',
  'formatting',
  'manual',
]);
