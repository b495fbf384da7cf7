import { Router, type Request, type Response } from 'express';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { ControlError } from './control-error.ts';

/** GET /calls?after=…: the last calls as a list, or, for who accepts an event stream, each call as it is answered. */
export function serveCalls(org: SimulatedOrg): Router {
  const router = Router();
  router.get('/calls', (req, res) => {
    const after = Number(req.query.after ?? 0);
    if (!Number.isInteger(after)) throw new ControlError('after: the number of a call is needed.');
    if (req.accepts(['json', 'text/event-stream']) === 'text/event-stream') stream(org, after, req, res);
    else res.json({ calls: org.callLog.list(after) });
  });
  return router;
}

function stream(org: SimulatedOrg, after: number, req: Request, res: Response): void {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  res.write(': calls as they come\n\n');
  const send = (call: { number: number }): void => {
    res.write(`id: ${call.number}\ndata: ${JSON.stringify(call)}\n\n`);
  };
  org.callLog.list(after).forEach(send);
  req.once('close', org.callLog.subscribe(send));
}
