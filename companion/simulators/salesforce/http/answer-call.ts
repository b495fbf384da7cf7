import { setTimeout as pause } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { chooseLatency } from '../faults/choose-latency.ts';
import { faultsOf } from '../faults/find-fault.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { readSaveHeaders } from '../write/read-save-headers.ts';
import { openCall, readVersion, type ApiCall, type Caller } from './api-call.ts';
import { ApiError } from './api-error.ts';
import { readApiRequest, type ApiRequest } from './api-request.ts';
import { warnOfVersion } from './api-versions.ts';
import { checkMediaTypes } from './check-media-types.ts';
import { countCall } from './count-call.ts';
import { chooseHandler, type FindResource } from './find-resource.ts';
import { callDetails } from './record-calls.ts';
import { sendAnswer, type Answer } from './send-answer.ts';

/** Serves the data API: checks whose call it is, counts it, works on it, and answers after the time that it costs. */
export function answerCall(org: SimulatedOrg, find: FindResource): RequestHandler {
  return async (req, res) => {
    const request = readApiRequest(req);
    const caller = openCall(org, request, faultsOf(res));
    callDetails(res).user = caller.user;
    res.set(warnOfVersion(caller.version, org.settings.deprecatedUpToVersion));
    if (find(request.path)?.resource.counted !== false) countCall(org, request, res);
    const endRequest = org.running.start();
    try {
      const { answer, ms } = workInTime(caller, find, request);
      callDetails(res).rows = answer instanceof ApiError ? 0 : (answer.rows ?? 0);
      if (ms > 0) await pause(ms);
      if (answer instanceof ApiError) throw answer;
      await sendAnswer(res, answer);
    } finally {
      endRequest();
    }
  };
}

interface Worked {
  answer: Answer | ApiError;
  /** How long the request takes. */
  ms: number;
}

/**
 * Works at once, and says how long the answer has to wait. All changes of a request are kept before it is answered, or
 * none of them; until then it holds the rows that it wrote.
 */
function workInTime(caller: Caller, find: FindResource, request: ApiRequest): Worked {
  const { org, locks } = caller;
  const start = org.store.savepoint();
  const latency = chooseLatency(org.settings, request.path, org.jitter);
  const answer = answerOrError(() => {
    checkMediaTypes(request);
    return work(caller, find, request);
  });
  const rows = answer instanceof ApiError ? 0 : (answer.rows ?? 0);
  const ms = latency + rows * org.settings.perRowMs + locks.waitMs;
  const worked = ms <= org.settings.callTimeoutMs ? { answer, ms } : giveUp(org.settings.callTimeoutMs);
  if (worked.answer !== answer) org.store.rollbackTo(start);
  org.store.commit();
  locks.holdFor(worked.ms);
  return worked;
}

function giveUp(ms: number): Worked {
  const message = 'Your request was running for too long, and has been stopped.';
  return { answer: ApiError.of(500, 'REQUEST_RUNNING_TOO_LONG', message), ms };
}

function answerOrError(give: () => Answer): Answer | ApiError {
  try {
    return give();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function work(caller: Caller, find: FindResource, request: ApiRequest): Answer {
  const start = caller.org.store.savepoint();
  try {
    const found = find(request.path);
    if (found === null) throw ApiError.notFound();
    // An earlier part of a composite request may have changed what the user sees.
    const access = caller.org.accessOf(caller.user);
    const dispatch = (inner: ApiRequest): Answer =>
      work({ ...caller, ...readVersion(inner.path) }, find, inner);
    // A request within another may have headers of its own.
    const own = readSaveHeaders(request.headers, caller.version);
    const call: ApiCall = { ...caller, ...own, access, request, params: found.params, dispatch };
    return chooseHandler(found.resource, request.method)(call);
  } catch (error) {
    caller.org.store.rollbackTo(start);
    throw error;
  }
}
