import type { Access, VisibleObject } from '../access/resolve-access.ts';
import type { ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import { isObject, parseJsonBody, parserError, type JsonObject } from '../http/parse-json-body.ts';

const MAX_ROWS = 200;
const MAX_CHUNKS = 10;

/** One record of a collection, with the object that its attributes name. */
export interface CollectionRow {
  object: VisibleObject;
  record: JsonObject;
}

/** Reads the body of a collection. What is wrong with the collection as a whole ends the request. */
export function readCollection(call: ApiCall): { rows: CollectionRow[]; allOrNone: boolean } {
  const body = parseJsonBody(call.request);
  const records = body.records;
  if (!Array.isArray(records) || records.length === 0) throw requireOne('record');
  refuseTooMany(records.length);
  const rows = records.map((record) => readRow(call, record));
  const chunks = rows.filter((row, index) => row.object !== rows[index - 1]?.object).length;
  if (chunks > MAX_CHUNKS) {
    const message = `Cannot have more than ${MAX_CHUNKS} chunks in a single operation. Please rearrange the data to reduce chunking.`;
    throw ApiError.of(400, 'LIMIT_EXCEEDED', message);
  }
  return { rows, allOrNone: body.allOrNone === true };
}

/** A collection without rows is refused. */
export function requireOne(what: 'record' | 'Id'): ApiError {
  return ApiError.of(
    400,
    'REQUIRED_FIELD_MISSING',
    `At least 1 ${what} is required${what === 'Id' ? '.' : ''}`,
  );
}

/** Collections have a limit, and going beyond it fails every row. */
export function refuseTooMany(count: number, max = MAX_ROWS): void {
  if (count <= max) return;
  const message = `record limit reached. cannot submit more than ${max} records into this call`;
  throw ApiError.of(400, 'EXCEEDED_ID_LIMIT', message);
}

function readRow(call: ApiCall, record: unknown): CollectionRow {
  const attributes = isObject(record) ? record.attributes : null;
  const type = isObject(attributes) ? attributes.type : null;
  if (!isObject(record) || typeof type !== 'string') {
    throw parserError("Each record must have 'attributes' with the 'type' of its object.");
  }
  return { object: requireType(call, type), record };
}

/** The object that a record says it is of, if the user may see it. */
export function requireType({ access }: { access: Access }, name: string): VisibleObject {
  const object = access.get(name.toLowerCase());
  if (object !== undefined) return object;
  throw ApiError.of(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
}
