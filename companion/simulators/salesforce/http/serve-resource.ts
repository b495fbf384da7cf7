import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { openCall, type ApiCall } from './api-call.ts';
import { ApiError } from './api-error.ts';
import { nameResource } from './name-resource.ts';
import { sendAnswer, type Answer } from './send-answer.ts';

type Method = 'get' | 'post' | 'patch' | 'delete';
export type Handler = (call: ApiCall) => Answer;
export type Resource = Partial<Record<Method, Handler>>;

export interface ServeOptions {
  /** False for what the record page calls: Lightning's own calls do not count as API calls. */
  counted?: boolean;
}

/** Serves a path of the data API with its handlers, and answers 405 to the methods that it does not have. */
export function serveResource(
  router: Router,
  org: SimulatedOrg,
  path: string,
  resource: Resource,
  { counted = true }: ServeOptions = {},
): void {
  const route = router.route(`/services/data/:version${path}`);
  for (const [method, handler] of Object.entries(resource)) {
    route[method as Method](answerCall(org, handler, counted));
  }
  const allowed = Object.keys(resource).flatMap((method) =>
    method === 'get' ? ['HEAD', 'GET'] : [method.toUpperCase()],
  );
  const refuse: Handler = (call) => {
    const message = `HTTP Method '${call.req.method}' not allowed. Allowed are ${allowed.join(',')}`;
    const entry = { errorCode: 'METHOD_NOT_ALLOWED', message };
    throw new ApiError(405, [entry], { Allow: allowed.join(',') });
  };
  route.all(answerCall(org, refuse, counted));
}

function answerCall(org: SimulatedOrg, handler: Handler, counted: boolean): RequestHandler {
  return async (req, res) => {
    const call = openCall(org, req, res);
    if (org.settings.latencyMs > 0) await pause(org.settings.latencyMs);
    if (counted) countCall(org, req, res);
    const answer = work(call, handler);
    const rowsMs = (answer.rows ?? 0) * org.settings.perRowMs;
    if (rowsMs > 0) await pause(rowsMs);
    await sendAnswer(res, answer);
  };
}

/** All changes of a request are kept, before it is answered, or none of them. */
function work(call: ApiCall, handler: Handler): Answer {
  const start = call.org.store.savepoint();
  try {
    const answer = handler(call);
    call.org.store.commit();
    return answer;
  } catch (error) {
    call.org.store.rollbackTo(start);
    throw error;
  }
}

function countCall(org: SimulatedOrg, req: Request, res: Response): void {
  const limit = org.settings.dailyApiRequests;
  if (org.stats.apiCalls >= limit) {
    res.set('Sforce-Limit-Info', `api-usage=${org.stats.apiCalls}/${limit}`);
    throw ApiError.of(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  org.stats.countCall(req.method, nameResource(req.path));
  res.set('Sforce-Limit-Info', `api-usage=${org.stats.apiCalls}/${limit}`);
}
