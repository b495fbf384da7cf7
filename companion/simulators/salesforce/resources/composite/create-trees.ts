import { requireObject, type ApiCall } from '../../http/api-call.ts';
import type { RowError } from '../../http/api-error.ts';
import { parseJsonBody } from '../../http/parse-json-body.ts';
import type { Answer } from '../../http/send-answer.ts';
import { readRowInput } from '../../write/read-input.ts';
import { rowError } from '../../write/row-errors.ts';
import { createRecord } from '../../write/save-record.ts';
import { planRefusal, saveRows, type RowPlan } from '../../write/save-rows.ts';
import { readTree, type TreeNode } from './read-tree.ts';
import { refuseBeyond } from './refuse-beyond.ts';

const MAX_RECORDS = 200;
const MAX_LEVELS = 5;
const MAX_OBJECTS = 5;

interface FailedNode {
  referenceId: string;
  errors: RowError[];
}

/**
 * POST /composite/tree/<object>: records with their children, created together or not at all:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-sobject-tree.html
 */
export function createTrees(call: ApiCall): Answer {
  const levels = readTree(call, requireObject(call), parseJsonBody(call.request).records);
  const nodes = levels.flat();
  refuseBeyond(nodes.length, MAX_RECORDS, 'records');
  refuseBeyond(levels.length, MAX_LEVELS, 'levels');
  refuseBeyond(new Set(nodes.map((node) => node.object)).size, MAX_OBJECTS, 'types of records');
  const malformed = findMalformed(nodes);
  if (malformed.length > 0) return answerFailed(malformed, 0);
  const { store, stats } = call.org;
  const start = store.savepoint();
  const writtenBefore = stats.rowsWritten;
  const ids = new Map<TreeNode, string>();
  for (const level of levels) {
    const failed = createLevel(call, level, ids);
    if (failed.length === 0) continue;
    store.rollbackTo(start);
    stats.takeBackRows(writtenBefore);
    return answerFailed(failed, nodes.length);
  }
  const results = nodes.map((node) => ({ referenceId: node.referenceId, id: ids.get(node) }));
  return { status: 201, body: { hasErrors: false, results }, rows: nodes.length };
}

function createLevel(call: ApiCall, level: TreeNode[], ids: Map<TreeNode, string>): FailedNode[] {
  const outcomes = saveRows(
    call,
    level.map((node) => planCreate(call, node, ids)),
  );
  return level.flatMap((node, index) => {
    const outcome = outcomes[index];
    if (outcome?.ok) ids.set(node, outcome.id);
    return outcome === undefined || outcome.ok
      ? []
      : [{ referenceId: node.referenceId, errors: outcome.errors }];
  });
}

function planCreate(call: ApiCall, node: TreeNode, ids: ReadonlyMap<TreeNode, string>): RowPlan {
  const { object, fields, parent } = node;
  const parentId = parent === null ? null : (ids.get(parent.node) ?? null);
  const record = parent === null ? fields : { ...fields, [parent.lookup.name]: parentId };
  const reading = readRowInput(object, record, call.request.body);
  if (!reading.ok) return planRefusal(null, reading.error);
  return { id: null, save: () => createRecord(call, { object, input: reading.input }) };
}

/** Every instance of a repeated reference id is reported. */
function findMalformed(nodes: readonly TreeNode[]): FailedNode[] {
  const uses = new Map<string, number>();
  for (const { referenceId } of nodes) uses.set(referenceId, (uses.get(referenceId) ?? 0) + 1);
  const message = 'Duplicate ReferenceId provided in the request.';
  const repeated = rowError('INVALID_INPUT', message);
  return nodes.flatMap(({ referenceId, error }) => {
    const errors = [
      ...((uses.get(referenceId) ?? 0) > 1 ? [repeated] : []),
      ...(error === null ? [] : [error]),
    ];
    return errors.length === 0 ? [] : [{ referenceId, errors }];
  });
}

function answerFailed(results: FailedNode[], rows: number): Answer {
  return { status: 400, body: { hasErrors: true, results }, rows };
}
