import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import { ApiError } from '../http/api-error.ts';

/** Finds named fields of an object as this user sees it. A name without a field ends the request. */
export function findColumns(object: VisibleObject, names: string[]): VisibleField[] {
  return names.map((name) => {
    const field = object.fields.get(name.trim().toLowerCase());
    if (field === undefined) throw ApiError.noSuchColumn(name.trim(), object.schema.name);
    return field;
  });
}
