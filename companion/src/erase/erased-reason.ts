import type { Reason } from '../outcome.ts';

/** Why a push of an erased customer is not acted on. */
export const ERASED: Reason = {
  code: 'erased',
  message: 'The customer was erased, so nothing of it is kept.',
  explanation: 'Nothing was changed in Salesforce, and what the push said of the customer was deleted.',
  action: 'Nothing needs to be done. Delete the customer in Upflow if it is to be gone there too.',
};
