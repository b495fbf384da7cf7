import { match, type MatchFunction } from 'path-to-regexp';
import type { ApiCall } from './api-call.ts';
import { ApiError } from './api-error.ts';
import type { Answer } from './send-answer.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Handler = (call: ApiCall) => Answer;

/** A path of the data API, with a handler for each method that it has. */
export interface Resource extends Partial<Record<Method, Handler>> {
  /** False for what the record page calls: Lightning's own calls do not count as API calls. */
  counted?: boolean;
}

/** Resources by their path below the version; of two that match, the first is meant. */
export type Routes = Readonly<Record<string, Resource>>;

/** A resource with the named segments of the path that led to it. */
export interface FoundResource {
  resource: Resource;
  params: Record<string, string>;
}

export type FindResource = (path: string) => FoundResource | null;

/** Compiles routes once. Paths are found without regard to case, as object and field names are. */
export function compileRoutes(routes: Routes): FindResource {
  const compiled = Object.entries(routes).map(
    ([pattern, resource]): [MatchFunction<Record<string, string>>, Resource] => [match(pattern), resource],
  );
  return (path) => {
    const below = path.replace(/^\/services\/data\/[^/]+/i, '') || '/';
    for (const [matches, resource] of compiled) {
      const found = decode(() => matches(below));
      if (found !== false) return { resource, params: { ...found.params } };
    }
    return null;
  };
}

function decode<Found>(find: () => Found): Found {
  try {
    return find();
  } catch (error) {
    if (error instanceof URIError) throw ApiError.of(400, 'BAD_REQUEST', error.message);
    throw error;
  }
}

/** The handler for a method, or the error of a path that has others only. */
export function chooseHandler(resource: Resource, method: string): Handler {
  const handler = resource[(method === 'HEAD' ? 'GET' : method).toLowerCase() as Method];
  if (handler !== undefined) return handler;
  const allowed = (['get', 'post', 'put', 'patch', 'delete'] as const)
    .filter((name) => resource[name] !== undefined)
    .flatMap((name) => (name === 'get' ? ['HEAD', 'GET'] : [name.toUpperCase()]));
  throw refuseMethod(method, allowed);
}

/** The error of a path that is there, but not for this method. */
export function refuseMethod(method: string, allowed: readonly string[]): ApiError {
  const list = allowed.join(',');
  const message = `HTTP Method '${method}' not allowed. Allowed are ${list}`;
  return new ApiError(405, [{ errorCode: 'METHOD_NOT_ALLOWED', message }], { Allow: list });
}
