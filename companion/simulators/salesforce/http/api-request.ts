import type { Request } from 'express';

/** A request to the data API: one that came over HTTP, or one that stands within a composite request. */
export interface ApiRequest {
  method: string;
  /** `/services/data/v66.0/sobjects/Account`, still percent-encoded and without the query string. */
  path: string;
  query: URLSearchParams;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  /** The body's text, blank where there is none. */
  body: string;
}

/** Takes from an HTTP request what the data API needs to know of it. */
export function readApiRequest(req: Request): ApiRequest {
  const [path, query] = splitOnce(req.originalUrl, '?');
  const parameters = new URLSearchParams(query);
  const headers = Object.entries(req.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
  return {
    method: chooseMethod(req.method, parameters),
    path: withoutFormat(path),
    query: parameters,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: typeof req.body === 'string' ? req.body : '',
  };
}

/**
 * A client that cannot send every method sends POST and names the method in the address:
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_update_fields.htm
 */
function chooseMethod(sent: string, parameters: URLSearchParams): string {
  const wanted = parameters.get('_HttpMethod');
  return sent === 'POST' && wanted !== null ? wanted.toUpperCase() : sent;
}

/** Splits an address into its path and its query string. */
export function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const keyedRecord = /\/sobjects\/[^/]+\/[^/]+\/(?!describe\.json$)/i;

/** An address may end with the format that is wanted. The value of an external id may end with the same letters. */
function withoutFormat(path: string): string {
  return keyedRecord.test(path) ? path : path.replace(/\.json$/i, '');
}
