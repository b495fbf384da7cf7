import type { Request, RequestHandler } from 'express';
import type { UpflowOrganization } from '../upflow-organization.ts';

/** Counts what is asked for, and watches that nobody writes to one customer twice at once. */
export function countCalls(organization: UpflowOrganization): RequestHandler {
  return (req, res, next) => {
    const { stats } = organization;
    res.once('finish', () => {
      const { path } = (req.route ?? { path: req.path }) as { path: string };
      stats.count(req.method, path, req.method !== 'GET' && res.statusCode < 300);
    });
    next();
  };
}

/** The customer that a request writes to, by whatever names it. */
export function customerWrittenBy(req: Request): string | undefined {
  if (req.method === 'GET') return undefined;
  return /^\/customers\/([^/?]+)/.exec(req.url)?.[1];
}
