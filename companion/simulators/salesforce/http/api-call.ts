import type { Request, Response } from 'express';
import type { Access, VisibleObject } from '../access/resolve-access.ts';
import { findFault } from '../faults/apply-faults.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { ApiError } from './api-error.ts';
import { checkApiVersion } from './api-versions.ts';
import { readBearerToken } from './read-bearer-token.ts';

/** A request to the data API, once it is known whose it is and that it may be served. */
export interface ApiCall {
  org: SimulatedOrg;
  req: Request;
  res: Response;
  user: UserName;
  userId: string;
  access: Access;
  version: number;
  /** `/services/data/v66.0`, for the addresses in answers. */
  base: string;
  /** The org is read-only for this request. */
  maintenance: boolean;
}

/** Checks version and session, in the order in which Salesforce does. */
export function openCall(org: SimulatedOrg, req: Request, res: Response): ApiCall {
  const version = checkApiVersion(param(req, 'version'));
  const user = authenticate(org, req);
  return {
    org,
    req,
    res,
    user,
    userId: org.users[user].id,
    access: org.accessOf(user),
    version,
    base: `/services/data/v${version}.0`,
    maintenance: findFault(res, 'maintenance') !== null,
  };
}

function authenticate(org: SimulatedOrg, req: Request): UserName {
  const token = readBearerToken(req);
  if (token === null && req.headers.authorization !== undefined) {
    throw ApiError.of(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
  }
  const user = org.sessions.findUser(token ?? '');
  if (user === null) throw ApiError.invalidSession();
  return user;
}

/** A segment of the path. */
export function param(req: Request, name: string): string {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
}

/** A parameter of the query string; the last one where it is repeated. */
export function queryParam(req: Request, name: string): string | null {
  const value: unknown = req.query[name];
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : null;
}

/** The object that the path names, if this user may see it. */
export function requireObject(call: ApiCall): VisibleObject {
  const object = call.access.get(param(call.req, 'object').toLowerCase());
  if (object === undefined) throw ApiError.notFound();
  return object;
}
