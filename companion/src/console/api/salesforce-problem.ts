import type { Reason } from '../../outcome.ts';
import type { Connection, SalesforceAccess } from '../../connect/connection.ts';
import { SalesforceCallError } from '../../salesforce/call-error.ts';
import { explainCallError } from '../../salesforce/explain-error.ts';
import { ApiProblem } from './route.ts';

const DECIDED = new Set(['sign-in-refused', 'wrong-organization', 'host-gone', 'forbidden-host', 'redirect']);

/** A failed sign-in or call as a problem document: 422 where somebody has to change something, else 502. */
export function salesforceProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const isOurs = error instanceof SalesforceCallError;
  // jsforce's errors carry the code of Salesforce; anything else is nobody's answer.
  if (!isOurs && typeof (error as { errorCode?: unknown }).errorCode !== 'string') throw error;
  if (isOurs && error.problem === 'not-signed-in') return NOT_SIGNED_IN;
  const { reason } = explainCallError(error);
  return new ApiProblem({
    status: isOurs && DECIDED.has(error.problem) ? 422 : 502,
    code: reason.code,
    title: 'Salesforce did not do what was asked',
    detail: `${reason.explanation} ${reason.action}`,
    extra: { reason },
  });
}

const NOT_SIGNED_IN = new ApiProblem({
  status: 409,
  code: 'not-signed-in-to-salesforce',
  title: 'The connection is not connected to Salesforce',
  detail: 'Somebody has to approve the app in Salesforce first: begin an authorization.',
});

/** @throws {ApiProblem} where nothing says how to sign in */
export function requireSalesforce(connection: Connection): Connection & { salesforce: SalesforceAccess } {
  const { salesforce } = connection;
  if (salesforce !== undefined) return { ...connection, salesforce };
  throw new ApiProblem({
    status: 409,
    code: 'no-salesforce',
    title: 'Nothing says how to sign in to Salesforce',
    detail: 'Give the My Domain of the org and the app first.',
  });
}

/** Runs work that calls Salesforce; what Salesforce refuses becomes an answer that says why and what to do. */
export async function answerSalesforceProblems<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw salesforceProblem(error);
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
