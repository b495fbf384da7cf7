import { setTimeout as pause } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';
import { readBearerToken } from '../http/read-bearer-token.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { pickFault, type ArmedFault } from './fault-list.ts';
import type { Fault, FaultOf } from './fault-shape.ts';

const armedKey = 'armedFaults';

/** The faults that befall the request which this response answers. */
export function faultsOf(res: Response): readonly ArmedFault[] {
  return (res.locals[armedKey] as ArmedFault[] | undefined) ?? [];
}

/** One kind of fault among those of this request. */
export function findFault<Name extends Fault['fault']>(res: Response, name: Name): FaultOf<Name> | null {
  return pickFault(faultsOf(res), name);
}

/** Lets faults befall a request before anything else sees it; those that alter the answer come later, at sending. */
export function applyFaults(org: SimulatedOrg) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    res.locals[armedKey] = org.faults.take(req.method, req.originalUrl);
    const delay = findFault(res, 'delay');
    if (delay !== null) await pause(delay.ms);
    if (findFault(res, 'expireSession') !== null)
      org.sessions.expire(readBearerToken(req.headers.authorization) ?? '');
    if (findFault(res, 'reset') !== null) {
      req.socket.resetAndDestroy();
      return;
    }
    if (findFault(res, 'stall') !== null) {
      res.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' }).flushHeaders();
      return;
    }
    const redirect = findFault(res, 'redirect');
    if (redirect !== null) {
      res.redirect(302, redirect.location);
      return;
    }
    const status = findFault(res, 'status');
    if (status !== null) answerStatus(res, status);
    else next();
  };
}

function answerStatus(res: Response, fault: FaultOf<'status'>): void {
  const { body = '' } = fault;
  // Set past Express, which would add a charset to the type: clients tell HTML by its exact type.
  res.status(fault.status).set(fault.headers).setHeader('Content-Type', fault.contentType);
  res.end(typeof body === 'string' ? body : JSON.stringify(body));
}
