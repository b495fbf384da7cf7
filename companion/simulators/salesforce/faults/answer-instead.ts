import { ApiError } from '../http/api-error.ts';
import {
  refuseApi,
  refuseExpiredPassword,
  refuseLockedOrg,
  refuseRequest,
  refuseSession,
  refuseSlowQuery,
} from '../http/api-refusals.ts';
import type { Answer } from '../http/send-answer.ts';
import type { ArmedFault } from './fault-list.ts';
import { expiredOrgPage, loginPage, unavailablePage, unavailableXml } from './fault-pages.ts';
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
      return ApiError.of(500, 'UNKNOWN_EXCEPTION', unexpectedError).answer;
    case 'gone':
      return ApiError.of(410, 'UNSUPPORTED_API_VERSION', 'The API version in the request has been retired')
        .answer;
    case 'scratchOrgExpired':
      return answerPage(420, expiredOrgPage);
    case 'requestLimitExceeded':
      return refuseRequest(fault.limit).answer;
    case 'queryTimeout':
      return refuseSlowQuery().answer;
    case 'apiDisabled':
      return refuseApi(fault.scope).answer;
    case 'orgLocked':
      return refuseLockedOrg().answer;
    case 'passwordExpired':
      return refuseExpiredPassword().answer;
    case 'invalidSession':
      return refuseSession(fault.reason).answer;
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
