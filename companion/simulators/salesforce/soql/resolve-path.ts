import type { Access, VisibleField, VisibleObject } from '../access/resolve-access.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { unknownField } from './query-error.ts';

/** The way from a record to one of its fields or a field of a parent: `Owner.Name`. */
export interface FieldPath {
  /** Lookups to follow, with the object that each leads to. */
  parents: { lookup: VisibleField; object: VisibleObject }[];
  field: VisibleField;
  /** The object that has the field. */
  object: VisibleObject;
}

/** What the names in a query refer to. */
export interface QueryScope {
  query: string;
  access: Access;
  object: VisibleObject;
  /** `a` in `FROM Account a`; may precede any field. */
  alias: string | undefined;
}

/** Finds a field by its path. A field that the user may not see does not exist. */
export function resolvePath(scope: QueryScope, text: string): FieldPath {
  const names = text.split('.');
  const first = names[0]?.toLowerCase();
  const ownNames = [scope.alias?.toLowerCase(), scope.object.schema.name.toLowerCase()];
  const redundant = names.length > 1 && first !== undefined && ownNames.includes(first);
  return follow(scope, redundant ? names.slice(1) : names, scope.object);
}

function follow(scope: QueryScope, names: string[], start: VisibleObject): FieldPath {
  const parents: FieldPath['parents'] = [];
  let object = start;
  for (const name of names.slice(0, -1)) {
    const next = findParent(scope.access, object, name);
    if (next === null) {
      const message = `Didn't understand relationship '${name}' in field path.`;
      throw unknownField(scope.query, names.join('.'), message, object.schema.name);
    }
    parents.push(next);
    object = next.object;
  }
  const last = names.at(-1) ?? '';
  const field = object.fields.get(last.toLowerCase());
  if (field === undefined) throw unknownField(scope.query, names.join('.'), last, object.schema.name);
  return { parents, field, object };
}

/** The lookup behind a relationship name, and where it leads. */
export function findParent(
  access: Access,
  object: VisibleObject,
  relationship: string,
): { lookup: VisibleField; object: VisibleObject } | null {
  const wanted = relationship.toLowerCase();
  const lookup = [...object.fields.values()].find(
    (field) => field.relationshipName?.toLowerCase() === wanted,
  );
  const target = access.get(lookup?.referenceTo[0]?.toLowerCase() ?? '');
  return lookup === undefined || target === undefined ? null : { lookup, object: target };
}

/** The record at the end of a path's lookups, or null where one of them is blank. */
export function readParent(
  store: RecordStore,
  record: StoredRecord,
  path: Pick<FieldPath, 'parents'>,
): StoredRecord | null {
  let current: StoredRecord = record;
  for (const { lookup, object } of path.parents) {
    const parent = store.get(object.schema.name, String(current[lookup.name] ?? ''));
    if (parent === undefined) return null;
    current = parent;
  }
  return current;
}
