import type { ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { isObject } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { answerInner, makeInnerRequest } from './answer-inner.ts';
import { fillAddress, fillBody, type KnownAnswers } from './resolve-references.ts';
import { inheritHeaders, type Subrequest } from './subrequest.ts';

/** What became of one subrequest. */
export interface SubrequestResult {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string | null;
}

export interface CompositeOutcome {
  results: SubrequestResult[];
  succeeded: boolean;
  rows: number;
}

export interface CompositeRules {
  allOrNone: boolean;
  /** Which addresses a subrequest may have. */
  supports: (subrequest: Subrequest) => boolean;
}

const collections = /^\/services\/data\/[^/]+\/composite\/sobjects(?:[/?]|$)/i;
const rolledBack = 'The transaction was rolled back since another operation in the same transaction failed.';

/** Works on subrequests in their order. With `allOrNone`, the first that fails takes all others back. */
export function runSubrequests(
  call: ApiCall,
  subrequests: readonly Subrequest[],
  rules: CompositeRules,
): CompositeOutcome {
  const { store, stats } = call.org;
  const start = store.savepoint();
  const writtenBefore = stats.rowsWritten;
  const bodies = new Map<string, unknown>();
  const results: SubrequestResult[] = [];
  let rows = 0;
  for (const subrequest of subrequests) {
    const known = { bodies, version: call.version };
    const answer = answerInner(() => runSubrequest(call, subrequest, { rules, known }));
    const result = describeResult(answer, subrequest);
    rows += answer.rows ?? 0;
    const failed = hasFailed(answer) || (rules.allOrNone && hasFailedRow(answer, subrequest));
    if (failed && rules.allOrNone) {
      store.rollbackTo(start);
      stats.takeBackRows(writtenBefore);
      return { results: haltOthers(subrequests, result), succeeded: false, rows };
    }
    if (!failed) bodies.set(subrequest.referenceId, answer.body);
    results.push(result);
  }
  return { results, succeeded: results.every((result) => result.httpStatusCode < 400), rows };
}

function runSubrequest(
  call: ApiCall,
  subrequest: Subrequest,
  { rules, known }: { rules: CompositeRules; known: KnownAnswers },
): Answer {
  if (!/^\/services\/data\/v[^/]+(?:[/?]|$)/i.test(subrequest.url)) throw ApiError.notFound();
  if (!rules.supports(subrequest)) {
    const message = `This request cannot stand within another: ${subrequest.method} ${subrequest.url}`;
    throw ApiError.of(400, 'INVALID_INPUT', message);
  }
  const url = fillAddress(subrequest.url, known);
  const { method } = subrequest;
  const headers = { ...inheritHeaders(call.request.headers), ...subrequest.headers };
  const body = fillBody(subrequest.body, known);
  const isForced = rules.allOrNone && collections.test(url);
  const forced = isForced && isObject(body) ? { ...body, allOrNone: true } : body;
  const request = makeInnerRequest(url, { method, headers, body: forced });
  if (isForced) request.query.set('allOrNone', 'true');
  return call.dispatch(request);
}

function describeResult(answer: Answer, { referenceId }: Subrequest): SubrequestResult {
  const { status, body = null, headers = {} } = answer;
  return { body, httpHeaders: headers, httpStatusCode: status, referenceId };
}

/** Several records for one key are no success either. */
function hasFailed({ status }: Answer): boolean {
  return status === 300 || status >= 400;
}

/**
 * A collection answers 200 whatever became of its rows, but within an all-or-none request each of them counts:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-allornone.html
 */
function hasFailedRow({ body }: Answer, { url }: Subrequest): boolean {
  if (!collections.test(url) || !Array.isArray(body)) return false;
  return body.some((row: unknown) => isObject(row) && row.success === false);
}

function haltOthers(subrequests: readonly Subrequest[], culprit: SubrequestResult): SubrequestResult[] {
  return subrequests.map(({ referenceId }) =>
    referenceId === culprit.referenceId ? culprit : describeHalted(referenceId, rolledBack),
  );
}

/** The result of a subrequest that was taken back, or never worked on, through no fault of its own. */
export function describeHalted(referenceId: string | null, message: string): SubrequestResult {
  const body = [{ errorCode: 'PROCESSING_HALTED', message }];
  return { body, httpHeaders: {}, httpStatusCode: 400, referenceId };
}
