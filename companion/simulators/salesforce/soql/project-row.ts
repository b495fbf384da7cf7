import type { FieldType, QueryBase } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../http/api-error.ts';
import { readField } from '../read/read-field.ts';
import { describeAttributes } from '../read/render-record.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { compileFunction } from './compile-operand.ts';
import { expandFields } from './expand-fields.ts';
import { compileChildren } from './project-children.ts';
import { compileTypeOf } from './project-type-of.ts';
import { malformed } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import { resolvePath, stepUp, type FieldPath } from './resolve-path.ts';

/** A row of an answer while it is filled. */
export type Row = Record<string, unknown>;

/** Puts one column of the SELECT list into a row. */
type Place = (row: Row, record: StoredRecord) => void;

/** Compiles the SELECT list into a function that shows a record; parents become records within it. */
export function compileProjection(scope: QueryScope, query: QueryBase): (record: StoredRecord) => Row {
  const names = new Set<string>();
  const claim = (name: string): void => {
    const key = name.toLowerCase();
    if (names.has(key)) throw ApiError.of(400, 'INVALID_FIELD', `duplicate field selected: ${name}`);
    names.add(key);
  };
  const places = expandFields(scope, query).map((field) => compileColumn(scope, field, claim));
  return (record) => {
    const row: Row = { attributes: describeAttributes(scope.base, scope.object.schema.name, record.Id) };
    for (const place of places) place(row, record);
    return row;
  };
}

function compileColumn(scope: QueryScope, field: FieldType, claim: (name: string) => void): Place {
  if (field.type === 'FieldSubquery') {
    const { name, read } = compileChildren(scope, field.subquery, compileProjection);
    claim(name);
    return (row, record) => (row[name] = read(record));
  }
  if (field.type === 'FieldTypeof') {
    const { name, read } = compileTypeOf(scope, field);
    claim(name);
    return (row, record) => (row[name] = read(record));
  }
  if (field.type === 'FieldFunctionExpression') {
    const { name: fieldName, read } = compileFunction(scope, field, 'SELECT');
    const name = field.alias ?? fieldName;
    claim(name);
    return (row, record) => (row[name] = read(record));
  }
  if ('alias' in field) {
    throw malformed(scope.query, field.alias, 'only aggregate expressions use field aliasing');
  }
  const path = resolvePath(scope, readColumn(field));
  claim([...path.parents.map(({ lookup }) => lookup.relationshipName), path.field.name].join('.'));
  return (row, record) => placeField(scope, row, record, path);
}

function placeField(scope: QueryScope, row: Row, record: StoredRecord, path: FieldPath): void {
  let holder = row;
  let current = record;
  for (const step of path.parents) {
    const name = step.lookup.relationshipName ?? step.lookup.name;
    const parent = stepUp(scope, current, step);
    if (parent === null) {
      holder[name] ??= null;
      return;
    }
    holder[name] ??= { attributes: describeParent(scope, step.objects.length > 1, parent) };
    holder = holder[name] as Row;
    current = parent.record;
  }
  holder[path.field.name] = readField(current, path.field);
}

/** Behind a lookup that may lead to several objects, a record is of type Name. */
function describeParent(
  { base }: QueryScope,
  isPolymorphic: boolean,
  { object, record }: NonNullable<ReturnType<typeof stepUp>>,
): object {
  const attributes = describeAttributes(base, object.schema.name, record.Id);
  return isPolymorphic ? { ...attributes, type: 'Name' } : attributes;
}

/** A column that is a field, as a path. */
export function readColumn(field: Extract<FieldType, { type: 'Field' | 'FieldRelationship' }>): string {
  return field.type === 'Field' ? field.field : [...field.relationships, field.field].join('.');
}
