import type { FieldTypeOf } from '@jetstreamapp/soql-parser-js';
import { readField } from '../read/read-field.ts';
import { describeAttributes } from '../read/render-record.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { pointAt, unknownObject, unknownRelationship } from './query-error.ts';
import type { QueryScope } from './query-scope.ts';
import type { Row } from './project-row.ts';
import { findParent, resolvePath, stepUp, type FieldPath } from './resolve-path.ts';

/** Compiles `TYPEOF Owner WHEN User THEN … ELSE … END`: which fields are shown depends on what the lookup leads to. */
export function compileTypeOf(
  scope: QueryScope,
  { field, conditions }: FieldTypeOf,
): { name: string; read: (record: StoredRecord) => Row | null } {
  const step = findParent(scope.access, scope.object, field);
  if (step === null) throw unknownRelationship(scope.query, [field, field], 'field path', 'SELECT');
  const name = step.lookup.relationshipName ?? step.lookup.name;
  if (step.lookup.referenceTo.length < 2) {
    const message = `TYPEOF can only be used with a polymorphic relationship, which '${name}' is not`;
    throw pointAt(scope.query, field, 'INVALID_FIELD', message);
  }
  const fieldsOf = new Map<string, FieldPath[]>();
  for (const { schema } of step.objects) {
    const condition =
      conditions.find(({ objectType }) => objectType?.toLowerCase() === schema.name.toLowerCase()) ??
      conditions.find(({ type }) => type === 'ELSE');
    fieldsOf.set(schema.name, resolve(schema.name, condition?.fieldList ?? []));
  }
  for (const { objectType } of conditions) {
    const isKnown = objectType === undefined || scope.access.has(objectType.toLowerCase());
    if (!isKnown) throw unknownObject(scope.query, objectType);
  }
  return { name, read };

  function resolve(objectName: string, fields: string[]): FieldPath[] {
    const object = scope.access.get(objectName.toLowerCase());
    if (object === undefined) return [];
    return fields.map((path) => resolvePath({ ...scope, object, alias: undefined }, path));
  }

  function read(record: StoredRecord): Row | null {
    const parent = step === null ? null : stepUp(scope, record, step);
    if (parent === null) return null;
    const objectName = parent.object.schema.name;
    const row: Row = { attributes: describeAttributes(scope.base, objectName, parent.record.Id) };
    for (const path of fieldsOf.get(objectName) ?? [])
      row[path.field.name] = readField(parent.record, path.field);
    return row;
  }
}
