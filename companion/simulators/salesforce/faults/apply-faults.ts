import { setTimeout as pause } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';
import { readBearerToken } from '../http/read-bearer-token.ts';
import { sendAnswer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { answerInstead } from './answer-instead.ts';
import { faultsOf, findFault, keepFaults } from './find-fault.ts';

/** Lets faults befall a request before anything else sees it; those that alter the answer come later, at sending. */
export function applyFaults(org: SimulatedOrg) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const token = readBearerToken(req.headers.authorization) ?? '';
    const body = typeof req.body === 'string' ? req.body : '';
    const user = org.sessions.inspect(token)?.grant.user ?? null;
    keepFaults(res, org.faults.take(req.method, req.originalUrl, { user, body }));
    const delay = findFault(res, 'delay');
    if (delay !== null) await pause(delay.ms);
    if (findFault(res, 'expireSession') !== null) org.sessions.expire(token);
    if (findFault(res, 'reset') !== null) {
      req.socket.resetAndDestroy();
      return;
    }
    if (findFault(res, 'stall') !== null) {
      res.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' }).flushHeaders();
      return;
    }
    const answer = answerInstead(faultsOf(res), 'before the work');
    if (answer === null) next();
    else await sendAnswer(res, answer);
  };
}
