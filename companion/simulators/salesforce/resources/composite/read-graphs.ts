import { isObject, parserError } from '../../http/parse-json-body.ts';
import { refuseBeyond } from './refuse-beyond.ts';
import { readSubrequests, type Subrequest } from './subrequest.ts';

/** Requests that are kept together or not at all. */
export interface Graph {
  graphId: string;
  nodes: Subrequest[];
}

const MAX_GRAPHS = 75;
const MAX_NODES = 500;
const MAX_DEPTH = 15;
const MAX_DIFFERENT_NODES = 15;

/**
 * Reads the graphs and refuses those beyond the platform's limits as a whole:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-graph-limits.html
 */
export function readGraphs(list: unknown, version: number): Graph[] {
  if (!Array.isArray(list)) throw parserError('The request must have a list of graphs.');
  const graphs = list.map((item) => readGraph(item, version));
  const ids = graphs.map((graph) => graph.graphId);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw parserError(`The graphId ${repeated} is not unique in the request.`);
  const nodes = graphs.flatMap((graph) => graph.nodes);
  const kinds = new Set(nodes.map(nameKind));
  refuseBeyond(graphs.length, MAX_GRAPHS, 'graphs');
  refuseBeyond(nodes.length, MAX_NODES, 'nodes');
  refuseBeyond(kinds.size, MAX_DIFFERENT_NODES, 'different nodes');
  for (const graph of graphs) refuseBeyond(measureDepth(graph.nodes), MAX_DEPTH, 'levels in one graph');
  return graphs;
}

function readGraph(item: unknown, version: number): Graph {
  const graphId = isObject(item) ? item.graphId : undefined;
  if (!isObject(item) || typeof graphId !== 'string' || !/^[A-Za-z0-9][^.]{0,39}$/.test(graphId)) {
    throw parserError('Each graph must have a graphId that starts with a letter or a number.');
  }
  return { graphId, nodes: readSubrequests(item.compositeRequest, version) };
}

/** Nodes differ by version, method and object. */
function nameKind({ method, url }: Subrequest): string {
  const [, version = '', object = ''] = /^\/services\/data\/([^/]+)\/sobjects\/([^/?]+)/i.exec(url) ?? [];
  return `${method} ${version} ${object}`.toLowerCase();
}

/** How many nodes stand in the longest chain of references. */
function measureDepth(nodes: readonly Subrequest[]): number {
  const depths = new Map<string, number>();
  for (const { referenceId, url, body } of nodes) {
    const text = `${url} ${JSON.stringify(body ?? null)}`;
    const named = [...text.matchAll(/@\{([A-Za-z0-9_]+)/g)].map(([, id = '']) => depths.get(id) ?? 0);
    depths.set(referenceId, 1 + Math.max(0, ...named));
  }
  return Math.max(0, ...depths.values());
}
