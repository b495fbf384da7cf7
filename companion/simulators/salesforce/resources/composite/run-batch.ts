import type { ApiCall } from '../../http/api-call.ts';
import type { ApiRequest } from '../../http/api-request.ts';
import { isObject, parseJsonBody, parserError } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { answerInner, makeInnerRequest } from './answer-inner.ts';
import { refuseBeyond } from './refuse-beyond.ts';
import { inheritHeaders, methods } from './subrequest.ts';

const MAX_SUBREQUESTS = 25;
const OLDEST_VERSION = 34;
// Addresses begin with the version here, unlike those of composite requests.
const address = /^\/?v(\d+)\.0\/(?:limits|sobjects|query|queryAll|search|connect|chatter)(?:[/?]|$)/i;
const halted: Answer = {
  status: 412,
  body: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
};

/**
 * POST /composite/batch: requests that know nothing of one another. Those before a failure stay:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/requests-composite-batch.html
 */
export function runBatch(call: ApiCall): Answer {
  const { batchRequests, haltOnError } = parseJsonBody(call.request);
  if (!Array.isArray(batchRequests)) throw parserError('The request must have a list of batchRequests.');
  refuseBeyond(batchRequests.length, MAX_SUBREQUESTS, 'operations');
  // All are read before the first is worked on: one that is malformed fails the batch.
  const requests = batchRequests.map((item) => readRequest(call, item));
  const answers: Answer[] = [];
  for (const request of requests) {
    const isHalted = haltOnError === true && answers.some(hasFailed);
    answers.push(isHalted ? halted : answerInner(() => call.dispatch(request)));
  }
  const results = answers.map(({ status, body = null }) => ({ statusCode: status, result: body }));
  const rows = answers.reduce((sum, answer) => sum + (answer.rows ?? 0), 0);
  return { status: 200, body: { hasErrors: answers.some(hasFailed), results }, rows };
}

function hasFailed({ status }: Answer): boolean {
  return status >= 400;
}

function readRequest(call: ApiCall, item: unknown): ApiRequest {
  const method = isObject(item) ? item.method : undefined;
  const url = isObject(item) ? item.url : undefined;
  const known = methods.find((name) => name === String(method).toUpperCase());
  if (!isObject(item) || known === undefined) throw parserError('Each subrequest must have a valid method.');
  const version = Number(address.exec(typeof url === 'string' ? url : '')?.[1] ?? NaN);
  // A batch reaches resources from v34.0 up to its own version.
  if (typeof url !== 'string' || !(version >= OLDEST_VERSION && version <= call.version)) {
    throw parserError('Each subrequest must have a valid url, which begins with the version.');
  }
  const headers = inheritHeaders(call.request.headers);
  const path = `/services/data/${url.replace(/^\//, '')}`;
  return makeInnerRequest(path, { method: known, headers, body: item.richInput });
}
