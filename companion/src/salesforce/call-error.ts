/** Why a whole call to Salesforce failed, as opposed to single rows of it. */
export type CallProblem =
  | 'timeout'
  | 'network'
  | 'redirect'
  | 'forbidden-host'
  | 'sign-in-refused'
  | 'wrong-organization'
  | 'unusable-answer'
  | 'package-missing'
  | 'budget-spent';

/** A call that failed before, beside or after Salesforce's own error answers. */
export class SalesforceCallError extends Error {
  readonly problem: CallProblem;

  constructor(problem: CallProblem, message: string) {
    super(message);
    this.name = 'SalesforceCallError';
    this.problem = problem;
  }
}
