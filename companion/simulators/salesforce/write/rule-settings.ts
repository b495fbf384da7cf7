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

/** What the org's admin has set up to run at every save. */
export const ruleSettings = {
  validationRules: z.array(validationRule).default([]),
};
