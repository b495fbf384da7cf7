/** How a push ended for a customer. Every stored push ends as exactly one of these. */
export const OUTCOMES = [
  'needs attention',
  'rejected',
  'unmatched',
  'written',
  'unchanged',
  'superseded',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Why something ended as it did, for a person: what happened, what it means, what to do. */
export interface Reason {
  /** Stable name: a Salesforce error code, or one of ours in lower case. */
  code: string;
  /** What Salesforce said, word for word; may contain values, so it is shown but never logged. */
  message: string;
  explanation: string;
  action: string;
}

/**
 * The one outcome of a push that carried several customers: the one that most needs a person.
 *
 * @returns undefined while any of them is pending
 */
export function summarizeOutcomes(outcomes: readonly (Outcome | null)[]): Outcome | undefined {
  if (outcomes.length === 0 || outcomes.includes(null)) return undefined;
  return OUTCOMES.find((outcome) => outcomes.includes(outcome));
}
