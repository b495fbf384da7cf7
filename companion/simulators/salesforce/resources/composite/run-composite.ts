import type { ApiCall } from '../../http/api-call.ts';
import { parseJsonBody } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { runSubrequests } from './run-subrequests.ts';
import { readSubrequests, type Subrequest } from './subrequest.ts';

const MAX_SUBREQUESTS = 25;
const MAX_QUERIES_AND_COLLECTIONS = 5;
const supported = /^\/services\/data\/[^/]+\/(?:sobjects|query|queryAll|composite\/sobjects)(?:[/?]|$)/i;
const queriesAndCollections = /^\/services\/data\/[^/]+\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/i;

/**
 * POST /composite: requests that may refer to one another. It answers 200 whatever became of them:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-composite.html
 */
export function runComposite(call: ApiCall): Answer {
  const body = parseJsonBody(call.request);
  const subrequests = readSubrequests(body.compositeRequest, call.version);
  const excess = findExcess(subrequests);
  if (excess !== null) return refuse(excess);
  const allOrNone = body.allOrNone === true;
  const supports = ({ url }: Subrequest): boolean => supported.test(url);
  const { results, rows } = runSubrequests(call, subrequests, { allOrNone, supports });
  return { status: 200, body: { compositeResponse: results }, rows };
}

function findExcess(subrequests: readonly Subrequest[]): string | null {
  if (subrequests.length > MAX_SUBREQUESTS) {
    return `The request can’t contain more than ${MAX_SUBREQUESTS} operations.`;
  }
  const costly = subrequests.filter(({ url }) => queriesAndCollections.test(url)).length;
  if (costly <= MAX_QUERIES_AND_COLLECTIONS) return null;
  return `The request can’t contain more than ${MAX_QUERIES_AND_COLLECTIONS} query or sObject Collections operations.`;
}

/** Too many subrequests are refused in the form of a single one that failed, whose reference id nobody gave. */
function refuse(message: string): Answer {
  const result = {
    body: [{ errorCode: 'LIMIT_EXCEEDED', message }],
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId: null,
  };
  return { status: 200, body: { compositeResponse: [result] } };
}

/** GET /composite: where the other resources of the family are. */
export function listCompositeResources(call: ApiCall): Answer {
  const names = ['tree', 'batch', 'sobjects', 'graph'];
  return {
    status: 200,
    body: Object.fromEntries(names.map((name) => [name, `${call.base}/composite/${name}`])),
  };
}
