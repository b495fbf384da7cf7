import type { VisibleField, VisibleObject } from '../../access/resolve-access.ts';
import { param, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';

/** The field by which the path looks a record up: an external id, or another that identifies. */
export function requireKeyField(call: ApiCall, object: VisibleObject): VisibleField {
  const name = param(call, 'field');
  const field = object.fields.get(name.toLowerCase());
  if (field?.idLookup) return field;
  throw ApiError.notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
}
