import { ApiError } from './api-error.ts';

/** Why a session is not accepted. */
const sessionMessages = {
  expired: 'Session expired or invalid',
  notForRest: 'This session is not valid for use with the REST API',
  notAttachedToAgent: 'Connected app is not attached to Agent',
};

/** Which limit on requests is reached. */
const limitMessages = {
  daily: 'TotalRequests Limit exceeded.',
  longRunning: 'ConcurrentPerOrgLongTxn Limit exceeded.',
  concurrent: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
};

export function refuseSession(reason: keyof typeof sessionMessages): ApiError {
  const entry = { message: sessionMessages[reason], errorCode: 'INVALID_SESSION_ID' };
  return new ApiError(401, [entry], { 'WWW-Authenticate': 'Token' });
}

export function refuseRequest(limit: keyof typeof limitMessages): ApiError {
  return ApiError.of(403, 'REQUEST_LIMIT_EXCEEDED', limitMessages[limit]);
}

/** The API is switched off: for the user, or in the whole org. */
export function refuseApi(scope: 'user' | 'org'): ApiError {
  return scope === 'user'
    ? ApiError.of(403, 'API_CURRENTLY_DISABLED', 'API is disabled for this User')
    : ApiError.of(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.');
}

export function refuseLockedOrg(): ApiError {
  return ApiError.of(403, 'ORG_LOCKED', 'The organization has been locked.');
}

export function refuseExpiredPassword(): ApiError {
  const message =
    'The users password has expired, you must call SetPassword before attempting any other API operations';
  return ApiError.of(403, 'INVALID_OPERATION_WITH_EXPIRED_PASSWORD', message);
}

export function refuseSlowQuery(): ApiError {
  return ApiError.of(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.');
}
