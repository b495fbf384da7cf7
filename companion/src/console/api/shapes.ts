import { z } from 'zod';
import { OUTCOMES } from '../../outcome.ts';

/** Why something is as it is, and what to do. */
export const reasonShape = z.object({
  code: z.string(),
  message: z.string(),
  explanation: z.string(),
  action: z.string(),
});

/** How something ended for a customer, or that it has not yet. */
export const outcomeShape = z.enum([...OUTCOMES, 'pending']);

/** A moment: a date here, its ISO form in the answer. */
export const momentShape = z.date().meta({ type: 'string', format: 'date-time' });
