import type { FieldType } from '@jetstreamapp/soql-parser-js';
import { describeAttributes } from '../read/render-record.ts';
import { readField } from '../read/read-field.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { malformed } from './query-error.ts';
import { resolvePath, type FieldPath, type QueryScope } from './resolve-path.ts';

/** Compiles the SELECT list into a function that shows a record; parents become records within it. */
export function compileProjection(
  scope: QueryScope,
  store: RecordStore,
  fields: FieldType[],
  base: string,
): (record: StoredRecord) => object {
  const paths = fields.map((field) => resolvePath(scope, readColumn(scope, field)));
  return (record) => {
    const row: Record<string, unknown> = {
      attributes: describeAttributes(base, scope.object.schema.name, record.Id),
    };
    for (const path of paths) place(row, record, path);
    return row;
  };

  function place(row: Record<string, unknown>, record: StoredRecord, path: FieldPath): void {
    let holder = row;
    let current = record;
    for (const { lookup, object } of path.parents) {
      const name = lookup.relationshipName ?? lookup.name;
      const parent = store.get(object.schema.name, String(current[lookup.name] ?? ''));
      if (parent === undefined) {
        holder[name] = null;
        return;
      }
      holder[name] ??= { attributes: describeAttributes(base, object.schema.name, parent.Id) };
      holder = holder[name] as Record<string, unknown>;
      current = parent;
    }
    holder[path.field.name] = readField(current, path.field);
  }
}

/** A column as a path; other kinds of columns are not supported. */
export function readColumn(scope: QueryScope, field: FieldType): string {
  if (field.type === 'Field') return field.field;
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  throw malformed(
    scope.query,
    'SELECT',
    'The simulator supports fields, parent fields and aggregates in SELECT.',
  );
}
