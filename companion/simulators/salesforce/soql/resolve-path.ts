import type { Access, VisibleField, VisibleObject } from '../access/resolve-access.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { malformed, unknownField, unknownRelationship, type Clause } from './query-error.ts';
import type { NameScope, QueryScope } from './query-scope.ts';

const MAX_PARENTS = 5;

/** One step from a record to a parent. */
export interface ParentStep {
  lookup: VisibleField;
  /** The object that the lookup leads to; the first of them where it is polymorphic. */
  object: VisibleObject;
  /** All objects that it may lead to. */
  objects: readonly VisibleObject[];
}

/** The way from a record to one of its fields or a field of a parent: `Owner.Name`. */
export interface FieldPath {
  parents: ParentStep[];
  field: VisibleField;
}

/** Finds a field by its path. A field that the user may not see does not exist. */
export function resolvePath(scope: NameScope, text: string, clause: Clause = 'SELECT'): FieldPath {
  const names = text.split('.');
  const first = names[0]?.toLowerCase();
  const ownNames = [scope.alias?.toLowerCase(), scope.object.schema.name.toLowerCase()];
  const redundant = names.length > 1 && first !== undefined && ownNames.includes(first);
  return follow(scope, redundant ? names.slice(1) : names, { text, clause });
}

function follow(
  scope: NameScope,
  names: string[],
  { text, clause }: { text: string; clause: Clause },
): FieldPath {
  const parents: ParentStep[] = [];
  let objects: readonly VisibleObject[] = [scope.object];
  for (const name of names.slice(0, -1)) {
    const step = objects.map((object) => findParent(scope.access, object, name)).find(Boolean);
    if (!step) throw unknownRelationship(scope.query, [text, name], 'field path', clause);
    parents.push(step);
    objects = step.objects;
  }
  if (parents.length > MAX_PARENTS) {
    const message = `Invalid field path: '${text}'. A path can follow at most ${MAX_PARENTS} parent relationships.`;
    throw malformed(scope.query, text, message, clause);
  }
  const last = names.at(-1) ?? '';
  const field = objects.map((object) => object.fields.get(last.toLowerCase())).find(Boolean);
  if (field === undefined) {
    const object = objects.length > 1 ? 'Name' : (objects[0]?.schema.name ?? '');
    throw unknownField(scope.query, text, last, object, clause);
  }
  return { parents, field };
}

/** The lookup behind a relationship name, and where it leads. */
export function findParent(access: Access, from: VisibleObject, relationship: string): ParentStep | null {
  const wanted = relationship.toLowerCase();
  const lookup = [...from.fields.values()].find((field) => field.relationshipName?.toLowerCase() === wanted);
  const objects = lookup?.referenceTo.flatMap((name) => access.get(name.toLowerCase()) ?? []) ?? [];
  const [object] = objects;
  return lookup === undefined || object === undefined ? null : { lookup, object, objects };
}

/** A parent record, with the object that it is of. */
export interface Parent {
  object: VisibleObject;
  record: StoredRecord;
}

/** The record that a lookup leads to, or null where it is blank or leads to what the user may not see. */
export function stepUp(
  { store }: Pick<QueryScope, 'store'>,
  record: StoredRecord,
  step: ParentStep,
): Parent | null {
  const id = String(record[step.lookup.name] ?? '');
  if (id === '') return null;
  for (const object of step.objects) {
    const parent = store.get(object.schema.name, id);
    if (parent !== undefined) return { object, record: parent };
  }
  return null;
}

/** The record at the end of a path's lookups, or null where one of them is blank. */
export function readParent(
  scope: Pick<QueryScope, 'store'>,
  record: StoredRecord,
  path: Pick<FieldPath, 'parents'>,
): StoredRecord | null {
  let current: StoredRecord = record;
  for (const step of path.parents) {
    const parent = stepUp(scope, current, step);
    if (parent === null) return null;
    current = parent.record;
  }
  return current;
}
