import type { Caller } from '../http/api-call.ts';
import { parseSoql } from './parse-soql.ts';
import { openScope } from './run-query.ts';
import { planSelection } from './select-rows.ts';

const COST_OF_A_SCAN = 1.5;

/** How a query would be run: by an index, or by looking at every record. */
export function explainQuery(call: Caller, text: string): object {
  const query = parseSoql(text);
  const scope = openScope(call, text, query, false);
  const { candidates } = planSelection(scope, query);
  const { name } = scope.object.schema;
  const rows = scope.store.rows(name).size;
  const scan = {
    cardinality: rows,
    fields: [],
    leadingOperationType: 'TableScan',
    notes: [],
    relativeCost: COST_OF_A_SCAN,
    sobjectCardinality: rows,
    sobjectType: name,
  };
  if (candidates === null) return { plans: [scan], sourceQuery: text };
  const { length } = candidates;
  const lookUp = {
    ...scan,
    cardinality: length,
    leadingOperationType: 'Index',
    relativeCost: length / (rows + 1),
  };
  return { plans: [lookUp, scan], sourceQuery: text };
}
