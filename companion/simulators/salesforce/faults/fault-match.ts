import { z } from 'zod';
import { apiFamilies, findApiFamily } from '../http/api-families.ts';
import { userNames, type UserName } from '../org/sample-users.ts';

/** Which requests a fault befalls: all of what is given must hold. */
export const matchShape = z
  .strictObject({
    method: z.string().toUpperCase().optional(),
    /** A part of the URL after the host, or a regular expression on it. */
    path: z.string().optional(),
    api: z.enum(apiFamilies).optional(),
    user: z.enum(userNames).optional(),
    /** A part of the request's body, such as the id of an Account. */
    body: z.string().min(1).optional(),
    /** Picks one among the requests that match the rest. */
    nth: z.number().int().min(1).optional(),
    /** How likely it befalls one of those; the same seed chooses the same ones again. */
    probability: z.number().min(0).max(1).optional(),
    seed: z.number().int().optional(),
  })
  .default({});

type FaultMatch = z.infer<typeof matchShape>;

/** What faults are matched with. */
export interface MatchedRequest {
  method: string;
  url: string;
  user: UserName | null;
  body: string;
}

/** Whether a fault is meant for such requests, leaving aside which of them. */
export function isMeantFor(match: FaultMatch, request: MatchedRequest): boolean {
  return [
    match.method === undefined || match.method === request.method,
    match.path === undefined || matchesPath(match.path, request.url),
    match.api === undefined || match.api === findApiFamily(request.url),
    match.user === undefined || match.user === request.user,
    match.body === undefined || request.body.includes(match.body),
  ].every(Boolean);
}

function matchesPath(wanted: string, url: string): boolean {
  if (url.includes(wanted)) return true;
  try {
    return new RegExp(wanted).test(url);
  } catch {
    // Not a regular expression: then it was meant as a part of the URL, which it is not.
    return false;
  }
}
