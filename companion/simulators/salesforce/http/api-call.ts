import type { VisibleObject } from '../access/resolve-access.ts';
import { viewAs } from '../access/sharing.ts';
import { isUnderMaintenance } from '../faults/check-maintenance.ts';
import type { ArmedFault } from '../faults/fault-list.ts';
import { requireSession } from '../oauth/require-session.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { readSaveHeaders } from '../write/read-save-headers.ts';
import type { WriteContext } from '../write/write-context.ts';
import { ApiError } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { checkApiVersion } from './api-versions.ts';
import type { Answer } from './send-answer.ts';

/** A request to the data API, once it is known whose it is and that it may be served. */
export interface ApiCall extends WriteContext {
  request: ApiRequest;
  /** The segments of the path that have a name in the route, decoded. */
  params: Readonly<Record<string, string>>;
  version: number;
  /** `/services/data/v66.0`, for the addresses in answers. */
  base: string;
  /** Works on a request that stands within this one, as composite requests have them. */
  dispatch: (request: ApiRequest) => Answer;
}

/** On whose behalf something is done, and in which version: all that does not depend on a request. */
export type Caller = Omit<ApiCall, 'request' | 'params' | 'dispatch'>;

const versionedPath = /^\/services\/data\/([^/]+)/i;

/** Checks version and session, in the order in which Salesforce does. */
export function openCall(org: SimulatedOrg, request: ApiRequest, faults: readonly ArmedFault[]): Caller {
  const versioned = readVersion(request.path);
  const user = requireSession(org, request);
  return {
    ...viewAs(org, user),
    ...versioned,
    faults,
    ...readSaveHeaders(request.headers, versioned.version),
    maintenance: isUnderMaintenance(org, faults),
    locks: org.rowLocks.open(org.settings.lockWaitMs),
  };
}

/** The version that a path names. Requests within one another may each name their own. */
export function readVersion(path: string): Pick<Caller, 'version' | 'base'> {
  const version = checkApiVersion(versionedPath.exec(path)?.[1] ?? '');
  return { version, base: `/services/data/v${version}.0` };
}

/** A named segment of the path. */
export function param(call: ApiCall, name: string): string {
  return call.params[name] ?? '';
}

/** A parameter of the query string; the last one where it is repeated. */
export function queryParam(call: ApiCall, name: string): string | null {
  return call.request.query.getAll(name).at(-1) ?? null;
}

/** Whether a parameter of the query string says `true`, in any case. */
export function queryFlag(call: ApiCall, name: string): boolean {
  return queryParam(call, name)?.toLowerCase() === 'true';
}

/** A header of the request, by its name in any case. */
export function header(call: ApiCall, name: string): string | undefined {
  return call.request.headers[name.toLowerCase()];
}

/** The object that the path names, if this user may see it. */
export function requireObject(call: ApiCall): VisibleObject {
  const object = call.access.get(param(call, 'object').toLowerCase());
  if (object === undefined) throw ApiError.notFound();
  return object;
}
