import type { VisibleField, VisibleObject } from '../../access/resolve-access.ts';
import type { ApiCall } from '../../http/api-call.ts';
import { ApiError, type RowError } from '../../http/api-error.ts';
import { isObject, parserError, type JsonObject } from '../../http/parse-json-body.ts';
import { findChild } from '../../read/find-child.ts';
import { rowError } from '../../write/row-errors.ts';

/** A record to create, which may have records below it. */
export interface TreeNode {
  object: VisibleObject;
  referenceId: string;
  /** The record's own fields. */
  fields: JsonObject;
  /** The node above, and the lookup by which it is pointed to. */
  parent: { node: TreeNode; lookup: VisibleField } | null;
  /** What is wrong with the node itself, before any value is looked at. */
  error: RowError | null;
}

interface Place {
  /** What the record must be, from the address or from the relationship. */
  object: VisibleObject;
  parent: TreeNode['parent'];
}

/** Reads records and those nested in them, level by level, as they are created and answered. */
export function readTree(call: ApiCall, root: VisibleObject, records: unknown): TreeNode[][] {
  if (!Array.isArray(records)) throw parserError('The request must have a list of records.');
  const levels: TreeNode[][] = [];
  let level = records.map((record) => readNode(record, { object: root, parent: null }));
  while (level.length > 0) {
    levels.push(level.map(({ node }) => node));
    level = level.flatMap(({ node, nested }) => readChildren(call, node, nested));
  }
  return levels;
}

interface ReadNode {
  node: TreeNode;
  /** By relationship name. */
  nested: [name: string, records: unknown[]][];
}

function readNode(record: unknown, { object, parent }: Place): ReadNode {
  const attributes = isObject(record) ? record.attributes : null;
  const referenceId = isObject(attributes) ? attributes.referenceId : null;
  if (!isObject(record) || !isObject(attributes) || typeof referenceId !== 'string' || referenceId === '') {
    const message = 'Include a reference ID for each record in the request.';
    throw ApiError.of(403, 'INVALID_INPUT', message);
  }
  const entries = Object.entries(record).filter(([key]) => key !== 'attributes');
  const nested = entries.flatMap(([key, value]): ReadNode['nested'] =>
    isObject(value) && Array.isArray(value.records) ? [[key, value.records]] : [],
  );
  const names = nested.map(([name]) => name);
  const fields = Object.fromEntries(entries.filter(([key]) => !names.includes(key)));
  return { node: { object, referenceId, fields, parent, error: checkType(attributes.type, object) }, nested };
}

function checkType(type: unknown, { schema }: VisibleObject): RowError | null {
  if (typeof type !== 'string') {
    const message = 'Include an entity type for each record in the request.';
    return rowError('INVALID_INPUT', message);
  }
  if (type.toLowerCase() === schema.name.toLowerCase()) return null;
  const message = `Include only records of type ${schema.name} here, not ${type}.`;
  return rowError('INVALID_INPUT', message);
}

function readChildren(call: ApiCall, node: TreeNode, nested: ReadNode['nested']): ReadNode[] {
  return nested.flatMap(([name, records]) => {
    const child = findChild(call, node.object, name);
    if (child === null) throw ApiError.noSuchColumn(name, node.object.schema.name);
    const parent = { node, lookup: child.lookup };
    return records.map((record) => readNode(record, { object: child.object, parent }));
  });
}
