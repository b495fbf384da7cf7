import { SalesforceCallError } from './call-error.ts';

/** Codes by which Salesforce turns a call down for now, or the connection altogether, whatever was asked for. */
const NOT_ABOUT_THE_REQUEST = new Set([
  'INVALID_SESSION_ID',
  'REQUEST_LIMIT_EXCEEDED',
  'SERVER_UNAVAILABLE',
  'UNKNOWN_EXCEPTION',
  'QUERY_TIMEOUT',
]);

/** Whether the same call may well succeed in a moment: it got lost, or Salesforce met a trouble of its own. */
export function mayPass(error: unknown): boolean {
  if (error instanceof SalesforceCallError) {
    return error.problem === 'timeout' || error.problem === 'network' || error.problem === 'unusable-answer';
  }
  const code = codeOf(error);
  return code === 'SERVER_UNAVAILABLE' || code === 'UNKNOWN_EXCEPTION' || code.startsWith('ERROR_HTTP_5');
}

/** Whether Salesforce answered that it does not do what was asked for, and would not in a moment either. */
export function isRefusal(error: unknown): boolean {
  const code = codeOf(error);
  return code !== '' && !NOT_ABOUT_THE_REQUEST.has(code) && !/^ERROR_HTTP_(5|401)/.test(code);
}

function codeOf(error: unknown): string {
  const { errorCode } = error as { errorCode?: unknown };
  return typeof errorCode === 'string' ? errorCode : '';
}
