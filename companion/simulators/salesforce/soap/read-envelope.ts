import { XMLParser } from 'fast-xml-parser';
import { isObject, type JsonObject } from '../http/parse-json-body.ts';

/** A SOAP request, as far as it is read before its operation is known. */
export interface SoapRequest {
  operation: string;
  input: JsonObject;
  sessionId: string;
  allOrNone: boolean;
}

const lists = ['ids', 'sObjects', 'mergeRequests', 'recordToMergeIds', 'fieldsToNull'];

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  // Values stay texts, as they stand: their fields know what they are.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  isArray: (name) => lists.includes(name),
});

/** Reads an envelope; null where the text is none. */
export function readEnvelope(text: string): SoapRequest | null {
  const envelope = child(parse(text), 'Envelope');
  const body = child(envelope, 'Body');
  const operation = Object.keys(body).find((name) => isElement(name));
  if (operation === undefined) return null;
  const header = child(envelope, 'Header');
  return {
    operation,
    input: child(body, operation),
    sessionId: readText(child(header, 'SessionHeader').sessionId) ?? '',
    allOrNone: readText(child(header, 'AllOrNoneHeader').allOrNone) === 'true',
  };
}

function parse(text: string): unknown {
  try {
    return parser.parse(text) as unknown;
  } catch {
    return {};
  }
}

/** An element within another; empty where it is missing or has nothing but text. */
export function child(parent: unknown, name: string): JsonObject {
  const value = isObject(parent) ? parent[name] : undefined;
  return isObject(value) ? value : {};
}

/** Whether a key names an element, rather than an attribute or the text between elements. */
export function isElement(key: string): boolean {
  return !key.startsWith('@') && key !== '#text' && !key.startsWith('?');
}

/** The text of an element; null where it is missing or nil. */
export function readText(element: unknown): string | null {
  if (typeof element === 'string') return element.trim();
  if (!isObject(element) || element['@nil'] === 'true') return null;
  return typeof element['#text'] === 'string' ? element['#text'].trim() : null;
}

/** The texts of a repeated element. */
export function readTexts(elements: unknown): string[] {
  return Array.isArray(elements) ? elements.map((element) => readText(element) ?? '') : [];
}
