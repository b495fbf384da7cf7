import { UpflowCallError } from '../../upflow/call-error.ts';
import { explainUpflowError } from '../../upflow/explain-error.ts';
import { ApiProblem } from './route.ts';

/** Runs work that calls Upflow; what Upflow refuses becomes an answer that says why and what to do. */
export async function answerUpflowProblems<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UpflowCallError)) throw error;
    const reason = explainUpflowError(error);
    throw new ApiProblem({
      status: 502,
      code: reason.code,
      title: 'Upflow did not do what was asked',
      detail: `${reason.explanation} ${reason.action}`,
      extra: { reason },
    });
  }
}
