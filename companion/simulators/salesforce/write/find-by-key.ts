import type { VisibleObject } from '../access/resolve-access.ts';
import { compileVisibility, type Viewer } from '../access/sharing.ts';
import type { RowError } from '../http/api-error.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import { foldValue, type FieldValue } from '../store/stored-record.ts';

/** Ids of the live records that hold a value and that the user may see: all that an upsert can find. */
export function findVisibleByKey(
  viewer: Viewer,
  object: VisibleObject,
  field: FieldDefinition,
  value: FieldValue,
): string[] {
  const isVisible = compileVisibility(viewer, object);
  const { name } = object.schema;
  return findByKey(viewer.org, name, field, value).filter((id) =>
    isVisible(viewer.org.store.get(name, id) ?? {}),
  );
}

/** The error of an upsert without a value to look for. */
export function missingKey({ name }: FieldDefinition): RowError {
  return { statusCode: 'MISSING_ARGUMENT', message: `${name} not specified`, fields: [name] };
}

/** Ids of the live records that hold a value in a field by which records can be looked up. */
export function findByKey(
  org: SimulatedOrg,
  object: string,
  field: FieldDefinition,
  value: FieldValue,
): string[] {
  return findCandidates(org, object, field, value).filter((id) => {
    const record = org.store.get(object, id);
    return record !== undefined && record.IsDeleted !== true;
  });
}

function findCandidates(
  org: SimulatedOrg,
  object: string,
  field: FieldDefinition,
  value: FieldValue,
): string[] {
  if (field.name === 'Id') {
    const id = normalizeId(String(value));
    return id === null ? [] : [id];
  }
  const indexed = org.store.find(object, field.name, value);
  if (indexed !== null) return indexed;
  const wanted = foldValue(value, field.caseSensitive);
  const rows = [...org.store.rows(object)];
  return rows
    .filter(([, row]) => foldValue(row[field.name] ?? '', field.caseSensitive) === wanted)
    .map(([id]) => id);
}
