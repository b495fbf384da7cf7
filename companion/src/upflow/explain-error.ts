import type { Reason } from '../outcome.ts';
import { UpflowCallError, type UpflowProblem } from './call-error.ts';

const MEANINGS: Record<UpflowProblem, [explanation: string, action: string]> = {
  refused: [
    'Upflow does not accept this key and secret: they are wrong, were deleted, or are of the other environment.',
    'In Upflow open Settings, Apps, API, and enter the key and secret from there. Check production or sandbox.',
  ],
  forbidden: [
    'Upflow knows the key but does not let it read customers.',
    'Make a key that may use the API in Upflow.',
  ],
  'not-found': [
    'Upflow does not know what it was asked for.',
    'It may have been deleted in Upflow meanwhile.',
  ],
  rejected: [
    'Upflow did not take what it was sent.',
    "See Upflow's message; change the value where it comes from.",
  ],
  timeout: ['Upflow did not answer in time.', 'Try again in a few minutes.'],
  network: [
    'Upflow could not be reached from this machine.',
    'Check that the companion may reach Upflow, then try again.',
  ],
  busy: ['Upflow has too much to do, or was asked too often.', 'Try again in a few minutes.'],
  redirect: [
    'Upflow sent us to another address, which is never followed with a key.',
    'Tell whoever runs this companion.',
  ],
  'unusable-answer': [
    'Upflow gave an answer that makes no sense.',
    'Try again; if it stays, tell whoever runs this companion.',
  ],
};

/** Explains why a call to Upflow failed. */
export function explainUpflowError(error: UpflowCallError): Reason {
  const [explanation, action] = MEANINGS[error.problem];
  return { code: `upflow-${error.problem}`, message: error.message, explanation, action };
}
