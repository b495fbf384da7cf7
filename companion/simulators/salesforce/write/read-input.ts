import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import { ApiError } from '../http/api-error.ts';
import { locateField, parserError, type JsonObject } from '../http/parse-json-body.ts';
import type { Changes } from '../store/stored-record.ts';
import { convertValue } from './convert-value.ts';

/** A record of a request, with its fields found and its values converted, but not yet checked. */
export interface RecordInput {
  changes: Changes;
  fields: VisibleField[];
}

/**
 * Reads a record. Unknown columns and values of the wrong JSON type are found while the body is parsed, so they end the
 * whole request, in collections too; everything else is a matter of the single row.
 */
export function readInput(object: VisibleObject, record: JsonObject, body: string): RecordInput {
  const changes: Changes = {};
  const fields: VisibleField[] = [];
  for (const [key, json] of Object.entries(record)) {
    if (key === 'attributes') continue;
    const field = object.fields.get(key.toLowerCase());
    if (field === undefined) throw ApiError.noSuchColumn(key, object.schema.name);
    const conversion = convertValue(field, json);
    if (!conversion.ok) {
      const { wanted, found } = conversion;
      const where = locateField(body, key);
      throw parserError(
        `Cannot deserialize instance of ${wanted} from ${found} or request may be missing a required field at ${where}`,
      );
    }
    changes[field.name] = conversion.value;
    fields.push(field);
  }
  return { changes, fields };
}
