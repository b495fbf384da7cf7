import { ApiError } from '../../http/api-error.ts';
import { isObject, parserError, type JsonObject } from '../../http/parse-json-body.ts';

/** A request within a composite request or a graph. */
export interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
}

/** What a request within another may do. */
export const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
const inheritedHeaders = ['accept', 'authorization', 'content-type'];
const FIRST_VERSION_THAT_CHECKS_REFERENCE_IDS = 52;

/**
 * Reads the subrequests. One that is malformed fails the whole request, before anything is worked on:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/requests-composite.html
 */
export function readSubrequests(list: unknown, version: number): Subrequest[] {
  if (!Array.isArray(list)) throw parserError('The request must have a compositeRequest list.');
  const subrequests = list.map((item) => readSubrequest(item, version));
  const ids = subrequests.map((subrequest) => subrequest.referenceId);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    throw ApiError.of(400, 'INVALID_INPUT', `Duplicate referenceId provided in the request: ${repeated}`);
  }
  return subrequests;
}

function readSubrequest(item: unknown, version: number): Subrequest {
  if (!isObject(item)) throw parserError('Each subrequest must be an object.');
  const { body } = item;
  const method = readText(item, 'method');
  if (!methods.includes(method)) throw parserError(`Unknown method in a subrequest: ${method}`);
  const referenceId = readText(item, 'referenceId');
  if (version >= FIRST_VERSION_THAT_CHECKS_REFERENCE_IDS) checkReferenceId(referenceId);
  return { method, url: readText(item, 'url'), referenceId, body, headers: readHeaders(item.httpHeaders) };
}

function readText(item: JsonObject, key: string): string {
  const value = item[key];
  if (typeof value === 'string' && value !== '') return value;
  throw parserError(`Each subrequest must have the field ${key}.`);
}

function checkReferenceId(id: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9_]*$/.test(id)) return;
  throw parserError(
    `Provided referenceId ('${id}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`,
  );
}

/** Three headers come from the whole request and cannot be given to a part of it. */
function readHeaders(given: unknown): Record<string, string> {
  if (given === undefined || given === null) return {};
  if (!isObject(given)) throw parserError('The httpHeaders of a subrequest must be an object.');
  const headers = Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const forbidden = headers.find(([name]) => inheritedHeaders.includes(name));
  if (forbidden !== undefined) throw parserError(`A subrequest cannot have the header ${forbidden[0]}.`);
  return Object.fromEntries(headers);
}

/** The headers that every subrequest has from the whole request. */
export function inheritHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    inheritedHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
