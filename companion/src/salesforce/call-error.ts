/** Why a whole call to Salesforce failed, as opposed to single rows of it. */
export type CallProblem =
  | 'timeout'
  | 'network'
  | 'redirect'
  | 'forbidden-host'
  | 'host-gone'
  | 'not-signed-in'
  | 'sign-in-refused'
  | 'wrong-organization'
  | 'unusable-answer'
  | 'package-missing'
  | 'query-failed'
  | 'budget-spent';

/** What is known of a failed call beyond its kind. */
export interface CallErrorDetails {
  /** The refusal in OAuth's words. */
  refusal?: { error: string; description: string };
  /** Where a redirect led. */
  location?: string | undefined;
  /** The operating system's name for what went wrong on the network. */
  networkCode?: string | undefined;
  status?: number;
  /** Whoever renewed this session before was cut off, so its new refresh token may be lost. */
  afterLostRenewal?: boolean;
}

/** A call that failed before, beside or after Salesforce's own error answers. */
export class SalesforceCallError extends Error {
  readonly problem: CallProblem;
  readonly details: CallErrorDetails;

  constructor(problem: CallProblem, message: string, details: CallErrorDetails = {}) {
    super(message);
    this.name = 'SalesforceCallError';
    this.problem = problem;
    this.details = details;
  }
}
