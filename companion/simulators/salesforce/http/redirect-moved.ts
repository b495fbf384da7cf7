import type { NextFunction, Request, Response } from 'express';
import type { SimulatedOrg } from '../org/simulated-org.ts';

/**
 * Answers at an address that the org has left: redirections that keep method and body for all but reads, as clients
 * report them, or a page where they are switched off:
 * https://help.salesforce.com/s/articleView?id=xcloud.domain_name_deploy_update_test.htm&type=5
 */
export function redirectMoved(org: SimulatedOrg) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const left = org.hosting?.oldPorts.get(req.socket.localPort ?? 0);
    if (left === undefined) next();
    else if (left === 'redirect') {
      res.redirect(/^(GET|HEAD)$/.test(req.method) ? 301 : 307, org.url + req.originalUrl);
    } else {
      const page = '<html><body><h1>URL No Longer Exists</h1></body></html>';
      res.status(404).set('Content-Type', 'text/html').end(page);
    }
  };
}
