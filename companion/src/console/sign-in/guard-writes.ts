import type { Request, RequestHandler } from 'express';
import { csrfSync } from 'csrf-sync';
import { sendProblem, type Problem } from '../../problem.ts';

/** The token that a page of ours knows and a page of somebody else does not; it lives in the session. */
export const csrf = csrfSync({ size: 32 });

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request changes nothing, by its method. */
export function isReading({ method }: Pick<Request, 'method'>): boolean {
  return READING.has(method);
}

export const FORGED: Problem = {
  status: 403,
  code: 'forged-request',
  title: 'This request does not come from the console',
  detail:
    'Changes with a browser session need the header "x-csrf-token" with the token of GET /v1/session, from a page of ' +
    'the console itself. Reload the page and try again.',
};

/**
 * Refuses what a page of another site makes a browser send. Those who show an API token are no browser that
 * somebody else steers.
 *
 * @param publicUrl where browsers reach the companion; its own address where nothing is said
 */
export function refuseForeignWrites(publicUrl: string | undefined): RequestHandler {
  return (req, res, next) => {
    if (isReading(req) || req.headers.authorization !== undefined || isFromOurPage(req, publicUrl)) next();
    else sendProblem(res, FORGED);
  };
}

function isFromOurPage({ headers }: Pick<Request, 'headers'>, publicUrl: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  if (origin === undefined || origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}
