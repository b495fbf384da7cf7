import { SalesforceCallError } from '../../salesforce/call-error.ts';
import { explainCallError } from '../../salesforce/explain-error.ts';
import type { Reason } from '../../outcome.ts';
import { ApiProblem } from './route.ts';

/** Runs work that calls Salesforce; what Salesforce refuses becomes an answer that says why and what to do. */
export async function answerSalesforceProblems<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isOfSalesforce = error instanceof SalesforceCallError || isApiError(error);
    if (!isOfSalesforce) throw error;
    const { reason } = explainCallError(error);
    throw new ApiProblem({
      status: 502,
      code: 'salesforce-refused',
      title: 'Salesforce did not answer as needed',
      detail: `${reason.explanation} ${reason.action}`,
      extra: { reason },
    });
  }
}

/** An answer that a thing cannot be done as the connection stands. */
export function conflict(reason: Reason): ApiProblem {
  return new ApiProblem({
    status: 409,
    code: reason.code,
    title: 'That cannot be done now',
    detail: `${reason.message} ${reason.action}`,
    extra: { reason },
  });
}

/** jsforce's errors carry Salesforce's code. */
function isApiError(error: unknown): boolean {
  return typeof (error as { errorCode?: unknown } | null)?.errorCode === 'string';
}
