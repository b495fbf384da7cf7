import { setTimeout as pause } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { faultsOf } from '../faults/apply-faults.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { openCall, readVersion, type ApiCall, type Caller } from './api-call.ts';
import { ApiError } from './api-error.ts';
import { readApiRequest, type ApiRequest } from './api-request.ts';
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
    if (org.settings.latencyMs > 0) await pause(org.settings.latencyMs);
    if (find(request.path)?.resource.counted !== false) countCall(org, request, res);
    const answer = workAndCommit(caller, find, request);
    callDetails(res).rows = answer.rows ?? 0;
    const rowsMs = (answer.rows ?? 0) * org.settings.perRowMs;
    if (rowsMs > 0) await pause(rowsMs);
    await sendAnswer(res, answer);
  };
}

/** All changes of a request are kept, before it is answered, or none of them. */
function workAndCommit(caller: Caller, find: FindResource, request: ApiRequest): Answer {
  const answer = work(caller, find, request);
  caller.org.store.commit();
  return answer;
}

function work(caller: Caller, find: FindResource, request: ApiRequest): Answer {
  const start = caller.org.store.savepoint();
  try {
    const found = find(request.path);
    if (found === null) throw ApiError.notFound();
    const dispatch = (inner: ApiRequest): Answer =>
      work({ ...caller, ...readVersion(inner.path) }, find, inner);
    const call: ApiCall = { ...caller, request, params: found.params, dispatch };
    return chooseHandler(found.resource, request.method)(call);
  } catch (error) {
    caller.org.store.rollbackTo(start);
    throw error;
  }
}
