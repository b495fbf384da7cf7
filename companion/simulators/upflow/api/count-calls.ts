import type { RequestHandler } from 'express';
import type { UpflowOrganization } from '../upflow-organization.ts';

/** Counts what is asked for. */
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
