import type { ApiCall } from '../../http/api-call.ts';
import { parseJsonBody } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { readGraphs, type Graph } from './read-graphs.ts';
import { describeHalted, runSubrequests, type SubrequestResult } from './run-subrequests.ts';
import type { Subrequest } from './subrequest.ts';

const objectPath = /^\/services\/data\/[^/]+\/sobjects\/[^/?]+\/?$/i;
const recordPath = /^\/services\/data\/[^/]+\/sobjects\/[^/?]+\/[^?]+(?:\?|$)/i;

/**
 * POST /composite/graph: several composite requests, each kept as a whole or not at all:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/using-resources-composite-graph.html
 */
export function runGraphs(call: ApiCall): Answer {
  const graphs = readGraphs(parseJsonBody(call.request).graphs, call.version);
  const answers: object[] = [];
  let failures = 0;
  let rows = 0;
  for (const graph of graphs) {
    if (failures >= call.org.settings.maxFailedGraphs) {
      answers.push(describeGraph(graph, haltGraph(graph), false));
      continue;
    }
    const outcome = runSubrequests(call, graph.nodes, { allOrNone: true, supports: isSupported });
    if (!outcome.succeeded) failures += 1;
    rows += outcome.rows;
    answers.push(describeGraph(graph, outcome.results, outcome.succeeded));
  }
  return { status: 200, body: { graphs: answers }, rows };
}

/** Graphs are made of single records: objects to create in, and records by id or by external id. */
function isSupported({ method, url }: Subrequest): boolean {
  if (objectPath.test(url)) return method === 'POST';
  return recordPath.test(url) && method !== 'PUT';
}

function describeGraph({ graphId }: Graph, results: SubrequestResult[], isSuccessful: boolean): object {
  return { graphId, graphResponse: { compositeResponse: results }, isSuccessful };
}

function haltGraph({ nodes }: Graph): SubrequestResult[] {
  const message = 'Processing was halted since too many graphs in the same request failed.';
  return nodes.map(({ referenceId }) => describeHalted(referenceId, message));
}
