import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import { ApiError, type RowError } from '../http/api-error.ts';
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

/** A row of a collection as it was read, or why it cannot be saved. */
export type RowReading = { ok: true; input: RecordInput } | { ok: false; error: RowError };

/** Reads the record of a request for one record alone, which an unknown column ends. */
export function readInput(object: VisibleObject, record: JsonObject, body: string): RecordInput {
  const reading = readRowInput(object, record, body);
  if (reading.ok) return reading.input;
  throw ApiError.of(400, reading.error.statusCode, reading.error.message);
}

/**
 * Reads a row. An unknown column is a matter of that row, while a value of the wrong JSON type is found by the parser of
 * the body, so that it ends the whole request.
 */
export function readRowInput(object: VisibleObject, record: JsonObject, body: string): RowReading {
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
      return { ok: false, error: noSuchColumn(key, object.schema.name) };
    }
    fields.push(lookup);
    if (json === null) changes[lookup.name] = null;
    else references.push({ lookup, keys: json });
  }
  return { ok: true, input: { changes, fields, references } };
}

function noSuchColumn(field: string, object: string): RowError {
  const message = `No such column '${field}' on sobject of type ${object}`;
  return { statusCode: 'INVALID_FIELD', message, fields: [] };
}

function readValue(field: VisibleField, key: string, json: unknown, body: string): Changes[string] {
  const conversion = convertValue(field, json);
  if (conversion.ok) return conversion.value;
  // The parser says less of a list than of anything else.
  const doubt = Array.isArray(json) ? '' : 'or request may be missing a required field at ';
  const { wanted, found } = conversion;
  const where = locateField(body, key);
  throw parserError(`Cannot deserialize instance of ${wanted} from ${found} ${doubt}${where}`);
}

/** The lookup behind a relationship name. */
function findLookup(object: VisibleObject, name: string): VisibleField | undefined {
  const wanted = name.toLowerCase();
  return [...object.fields.values()].find((field) => field.relationshipName?.toLowerCase() === wanted);
}
