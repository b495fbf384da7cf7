import type { NextFunction, Request, Response } from 'express';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { splitOnce } from './api-request.ts';
import { shortenPath } from './shorten-path.ts';

const detailsKey = 'callDetails';

/** What only the work on a call finds out. */
export interface CallDetails {
  user: UserName | null;
  rows: number;
}

/** What is known so far of the call that this response answers. Whoever learns more writes it there. */
export function callDetails(res: Response): CallDetails {
  const known = res.locals[detailsKey] as CallDetails | undefined;
  const details = known ?? { user: null, rows: 0 };
  res.locals[detailsKey] = details;
  return details;
}

/** Writes every call to the API or to sign-in into the org's log once it is answered, or will never be. */
export function recordCalls(org: SimulatedOrg) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const start = performance.now();
    const at = new Date(org.clock.now()).toISOString();
    const [path] = splitOnce(req.originalUrl, '?');
    let recorded = false;
    const record = (): void => {
      if (recorded) return;
      recorded = true;
      const status = res.headersSent ? res.statusCode : null;
      const ms = Math.round(performance.now() - start);
      org.callLog.record({
        at,
        method: req.method,
        path: shortenPath(path),
        status,
        ms,
        ...callDetails(res),
      });
    };
    res.once('finish', record);
    // The connection was closed without an answer, or in the middle of it.
    res.once('close', record);
    next();
  };
}
