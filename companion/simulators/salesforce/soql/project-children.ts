import type { QueryBase, Subquery } from '@jetstreamapp/soql-parser-js';
import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import { findChild } from '../read/find-child.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { cutRows } from './cut-rows.ts';
import { malformed, unknownRelationship } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import type { Row } from './project-row.ts';
import { compileOrder } from './order-rows.ts';
import { selectRows } from './select-rows.ts';

/** A child relationship of an object: which lookup of which object makes it. */
interface ChildRelationship {
  name: string;
  object: VisibleObject;
  lookup: VisibleField;
}

type CompileProjection = (scope: QueryScope, query: QueryBase) => (record: StoredRecord) => Row;

/** Compiles `(SELECT … FROM Contacts)` into a function that gives a record's children, or null without any. */
export function compileChildren(
  outer: QueryScope,
  query: Subquery,
  compileProjection: CompileProjection,
): { name: string; read: (record: StoredRecord) => object | null } {
  const { name, object, lookup } = findChildren(outer, query);
  if (query.groupBy !== undefined || query.fields?.some((field) => 'isAggregateFn' in field))
    throw malformed(outer.query, query.relationshipName, 'only root queries support aggregate expressions');
  const scope: QueryScope = { ...outer, object, alias: query.sObjectAlias };
  const project = compileProjection(scope, query);
  const criteria = compileOrder(scope, query.orderBy);
  const childrenOf = groupChildren(scope, query, lookup);
  return { name, read };

  function read(parent: StoredRecord): object | null {
    const children = cutRows(outer.query, childrenOf(String(parent.Id)), criteria, query);
    if (children.length === 0) return null;
    const render = (from: number, to: number): object[] => children.slice(from, to).map(project);
    const total = children.length;
    const done = total <= scope.pageSize;
    const rest = done ? {} : { nextRecordsUrl: `${scope.base}/query/${scope.keepRest(total, render)}` };
    return { totalSize: total, done, ...rest, records: render(0, scope.pageSize) };
  }
}

/** Finds the wanted children of a parent: all are grouped once, when the first parent asks. */
function groupChildren(
  scope: QueryScope,
  { where, usingScope }: Subquery,
  lookup: VisibleField,
): (parentId: string) => StoredRecord[] {
  const rows = selectRows(scope, { where, usingScope });
  let groups: Map<string, StoredRecord[]> | null = null;
  return (parentId) => {
    groups ??= Map.groupBy(rows, (child) => String(child[lookup.name] ?? ''));
    return groups.get(parentId) ?? [];
  };
}

function findChildren(scope: QueryScope, query: Subquery): ChildRelationship {
  const child = findChild(scope, scope.object, query.relationshipName);
  const name = child?.lookup.childRelationshipName ?? null;
  if (child !== null && name !== null) return { ...child, name };
  const relationship = query.relationshipName;
  throw unknownRelationship(scope.query, [relationship, relationship], 'FROM part of query call', 'SELECT');
}
