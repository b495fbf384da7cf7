import type { VisibleObject } from '../access/resolve-access.ts';
import type { Caller } from '../http/api-call.ts';
import { isObject, type JsonObject } from '../http/parse-json-body.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import { requireType } from '../write/read-collection.ts';
import { readInput, type RecordInput } from '../write/read-input.ts';
import { isElement, readText, readTexts } from './read-envelope.ts';

/** A record of a SOAP request. */
export interface SObject {
  object: VisibleObject;
  id: string | null;
  input: RecordInput;
}

/** Reads a record: its object is an element of the partner API, and the type of the element in that of one org. */
export function readSObject(caller: Caller, element: unknown): SObject {
  const fields: JsonObject = isObject(element) ? element : {};
  const type = readText(fields.type) ?? readText(fields['@type'])?.replace(/^.*:/, '') ?? '';
  const object = requireType(caller, type);
  const values = Object.entries(fields)
    .filter(([name]) => isElement(name) && !['type', 'id', 'fieldstonull'].includes(name.toLowerCase()))
    .map(([name, value]) => [name, readText(value)] as const);
  const cleared = readTexts(fields.fieldsToNull).map((name) => [name, null] as const);
  const record = Object.fromEntries([...values, ...cleared]);
  const id = idOf(fields);
  return { object, id, input: readInput(object, record, '') };
}

/** Clients give the id once or, as generated ones do, twice. */
function idOf(fields: JsonObject): string | null {
  const given = fields.Id ?? fields.id;
  const text = readText(Array.isArray(given) ? given[0] : given);
  return text === null ? null : normalizeId(text);
}
