import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import { ApiError } from '../http/api-error.ts';
import { isObject, locateField, parserError, type JsonObject } from '../http/parse-json-body.ts';
import type { Changes } from '../store/stored-record.ts';
import { convertValue } from './convert-value.ts';

/** A lookup that a request fills with a record named by an external id: `"Account": { "ERP_Code__c": "E-1" }`. */
export interface ExternalReference {
  lookup: VisibleField;
  keys: JsonObject;
}

/** A record of a request, with its fields found and its values converted, but not yet checked. */
export interface RecordInput {
  changes: Changes;
  fields: VisibleField[];
  references?: ExternalReference[];
}

/**
 * Reads a record. Unknown columns and values of the wrong JSON type are found while the body is parsed, so they end the
 * whole request, in collections too; everything else is a matter of the single row.
 */
export function readInput(object: VisibleObject, record: JsonObject, body: string): RecordInput {
  const changes: Changes = {};
  const fields: VisibleField[] = [];
  const references: ExternalReference[] = [];
  for (const [key, json] of Object.entries(record)) {
    if (key === 'attributes') continue;
    const field = object.fields.get(key.toLowerCase());
    if (field !== undefined) {
      changes[field.name] = readValue(field, key, json, body);
      fields.push(field);
      continue;
    }
    const lookup = findLookup(object, key);
    if (lookup === undefined || !(isObject(json) || json === null)) {
      throw ApiError.noSuchColumn(key, object.schema.name);
    }
    fields.push(lookup);
    if (json === null) changes[lookup.name] = null;
    else references.push({ lookup, keys: json });
  }
  return { changes, fields, references };
}

function readValue(field: VisibleField, key: string, json: unknown, body: string): Changes[string] {
  const conversion = convertValue(field, json);
  if (conversion.ok) return conversion.value;
  const { wanted, found } = conversion;
  const where = locateField(body, key);
  throw parserError(
    `Cannot deserialize instance of ${wanted} from ${found} or request may be missing a required field at ${where}`,
  );
}

/** The lookup behind a relationship name. */
function findLookup(object: VisibleObject, name: string): VisibleField | undefined {
  const wanted = name.toLowerCase();
  return [...object.fields.values()].find((field) => field.relationshipName?.toLowerCase() === wanted);
}
