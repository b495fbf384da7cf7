import type { RequestHandler, Response } from 'express';
import { answerProblem } from '../api/answer-problem.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import type { Fault } from './fault-list.ts';

const page = '<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in to go on</h1></html>';

/** Lets calls go wrong as somebody asked for. */
export function applyFaults({ faults }: UpflowOrganization): RequestHandler {
  return (req, res, next) => {
    const fault = faults.take(req.method, req.url);
    if (fault === undefined || !goesWrong(fault, res)) next();
  };
}

/** @returns whether the work is left undone */
function goesWrong({ fault, retryAfter }: Fault, res: Response): boolean {
  switch (fault) {
    case 'status-500':
    case 'status-503':
    case 'status-429':
      if (retryAfter !== undefined) res.set('retry-after', String(retryAfter));
      answerProblem(res, Number(fault.slice('status-'.length)), 'This call was told to fail.');
      return true;
    case 'reset':
      res.req.socket.resetAndDestroy();
      return true;
    case 'hang':
      return true;
    case 'html':
      res.type('html').send(page);
      return true;
    case 'reset-after':
      res.end = () => {
        res.req.socket.resetAndDestroy();
        return res;
      };
      return false;
    case 'cut-json':
      res.json = (body: unknown) => {
        const json = JSON.stringify(body);
        return res.type('json').end(json.slice(0, Math.floor(json.length / 2)));
      };
      return false;
  }
}
