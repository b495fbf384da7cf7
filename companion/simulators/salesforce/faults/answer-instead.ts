import type { Answer } from '../http/send-answer.ts';
import { expiredOrgPage, loginPage, unavailablePage, unavailableXml } from './fault-pages.ts';
import type { ArmedFault } from './fault-list.ts';
import type { AnswerFault, Fault, FaultOf } from './fault-shape.ts';

/** The answer that a fault of this request gives in place of the real one, if there is such a fault. */
export function answerInstead(
  faults: readonly ArmedFault[],
  moment: 'before the work' | 'after the work',
): Answer | null {
  for (const { fault } of faults) {
    if (replacesAnswer(fault) && fault.afterWork === (moment === 'after the work')) return answerFault(fault);
  }
  return null;
}

function replacesAnswer(fault: Fault): fault is AnswerFault {
  return 'afterWork' in fault;
}

function answerFault(fault: AnswerFault): Answer {
  switch (fault.fault) {
    case 'status':
      return answerStatus(fault);
    case 'serverUnavailable':
      return answerUnavailable(fault);
    case 'unknownException':
      return refuse(500, 'UNKNOWN_EXCEPTION', unexpectedError);
    case 'gone':
      return refuse(410, 'UNSUPPORTED_API_VERSION', 'The API version in the request has been retired');
    case 'scratchOrgExpired':
      return answerPage(420, expiredOrgPage);
    case 'requestLimitExceeded':
      return refuse(403, 'REQUEST_LIMIT_EXCEEDED', limitMessages[fault.limit]);
    case 'queryTimeout':
      return refuse(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.');
    case 'apiDisabled':
      return fault.scope === 'user'
        ? refuse(403, 'API_CURRENTLY_DISABLED', 'API is disabled for this User')
        : refuse(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.');
    case 'orgLocked':
      return refuse(403, 'ORG_LOCKED', 'The organization has been locked.');
    case 'passwordExpired':
      return refuse(403, 'INVALID_OPERATION_WITH_EXPIRED_PASSWORD', passwordExpired);
    case 'invalidSession':
      return refuse(401, 'INVALID_SESSION_ID', sessionMessages[fault.reason]);
    case 'loginPage':
      return answerPage(200, loginPage);
    case 'emptyAnswer':
      return { status: 200, headers: { 'Content-Type': jsonType }, body: '' };
    case 'redirect':
      return { status: fault.status, headers: { Location: fault.location }, body: '' };
  }
}

const jsonType = 'application/json;charset=UTF-8';

const unexpectedError =
  'An unexpected error occurred. Please include this ErrorId if you contact support: 1208447103-58231 (1736509482)';

const passwordExpired =
  'The users password has expired, you must call SetPassword before attempting any other API operations';

/** The words of each of the limits on requests. */
export const limitMessages = {
  daily: 'TotalRequests Limit exceeded.',
  longRunning: 'ConcurrentPerOrgLongTxn Limit exceeded.',
  concurrent: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
};

const sessionMessages = {
  expired: 'Session expired or invalid',
  notForRest: 'This session is not valid for use with the REST API',
  notAttachedToAgent: 'Connected app is not attached to Agent',
};

function refuse(status: number, errorCode: string, message: string): Answer {
  return { status, body: [{ message, errorCode }] };
}

/** The type has no charset: clients tell HTML by its exact type. */
function answerPage(status: number, page: string): Answer {
  return { status, headers: { 'Content-Type': 'text/html' }, body: page };
}

function answerStatus({ status, headers, contentType, body = '' }: FaultOf<'status'>): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { ...headers, 'Content-Type': contentType }, body: text };
}

function answerUnavailable({ status, format }: FaultOf<'serverUnavailable'>): Answer {
  const entry = { message: 'Server is temporarily unavailable.', errorCode: 'SERVER_UNAVAILABLE' };
  if (format === 'array') return { status, body: [entry] };
  if (format === 'object') return { status, body: entry };
  if (format === 'html') return answerPage(status, unavailablePage(status));
  return { status, headers: { 'Content-Type': 'application/xml;charset=UTF-8' }, body: unavailableXml };
}
