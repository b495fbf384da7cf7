/** Why Upflow's API did not do what was asked. */
export type UpflowProblem =
  | 'refused'
  | 'forbidden'
  | 'not-found'
  | 'rejected'
  | 'timeout'
  | 'network'
  | 'busy'
  | 'redirect'
  | 'unusable-answer';

export class UpflowCallError extends Error {
  readonly problem: UpflowProblem;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(problem: UpflowProblem, message: string, status?: number) {
    super(message);
    this.name = 'UpflowCallError';
    this.problem = problem;
    this.status = status;
  }
}
