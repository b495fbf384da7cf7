import { ApiError } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { findJsonError } from './find-json-error.ts';

export type JsonObject = Record<string, unknown>;

/** A JSON object: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the body as a JSON object. Where it is none, the error is that of Salesforce's parser. */
export function parseJsonBody(request: ApiRequest): JsonObject {
  const value = parseBody(request);
  if (isObject(value)) return value;
  throw parserError(`Unexpected value where an object is expected at ${describePosition(request.body, 0)}`);
}

/** Reads the body as one record. A list of records is refused in words of its own. */
export function parseRecordBody(request: ApiRequest): JsonObject {
  if (Array.isArray(parseBody(request))) {
    const message =
      "Json Deserialization failed on token 'null' and has left off in the middle of parsing a row. " +
      'Will go to end of row to begin parsing the next row';
    throw ApiError.of(400, 'INVALID_FIELD', message);
  }
  return parseJsonBody(request);
}

function parseBody({ body: text }: ApiRequest): unknown {
  if (text.trim() !== '') return parse(text);
  throw parserError('The HTTP entity body is required, but this request has no entity body.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const offset = findJsonError(text);
    const where = describePosition(text, offset);
    if (offset === text.length) throw parserError(`Unexpected end-of-input at ${where}`);
    const character = text.charAt(offset);
    throw parserError(
      `Unexpected character ('${character}' (code ${character.charCodeAt(0)})): expected a valid value at ${where}`,
    );
  }
}

/** An error of the platform's JSON parser, which always ends the whole request. */
export function parserError(message: string): ApiError {
  return ApiError.of(400, 'JSON_PARSER_ERROR', message);
}

/** Where the value of a field stands in a body, as the parser's messages say it. */
export function locateField(text: string, field: string): string {
  const key = text.indexOf(`"${field}"`);
  const value = key < 0 ? 0 : text.indexOf(':', key) + 1;
  return describePosition(text, value);
}

function describePosition(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return `[line:${line}, column:${column}]`;
}
