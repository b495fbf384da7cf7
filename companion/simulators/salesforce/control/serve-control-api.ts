import { Router, json, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { faultShape } from '../faults/fault-shape.ts';
import { userNames } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { idsShape, mergeAsAdmin, mergeShape, purge, purgeShape, undeleteAsAdmin } from './change-records.ts';
import { changeSettings, showSettings } from './change-settings.ts';
import { runReports } from './run-reports.ts';
import { listAccounts, seedAccounts, seedShape } from './seed-accounts.ts';
import { serveCalls } from './serve-calls.ts';
import { serveLimitControls } from './serve-limit-controls.ts';
import { serveSignInControls } from './serve-sign-in-controls.ts';
import { take } from './take-input.ts';

const sessionShape = z.strictObject({ user: z.enum(userNames).default('integration') });

/** What drives the simulator from outside, under /_simulator. These calls neither count nor fail on purpose. */
export function serveControlApi(org: SimulatedOrg): Router {
  const router = Router();
  router.use(json({ limit: '200mb', type: () => true, strict: false }));

  router.post(
    '/sessions',
    take(sessionShape, ({ user }) => org.openSession(user)),
  );
  router.use(serveSignInControls(org));
  router.get('/stats', (_req, res) => {
    const { apiCalls, byResource, rowsWritten, rowsFailed } = org.stats;
    res.json({ apiCalls, byResource, rowsWritten, rowsFailed });
  });
  router.post('/reset', (_req, res) => {
    org.reset();
    res.json({ reset: true });
  });
  router.get('/accounts', (_req, res) => res.json({ records: listAccounts(org) }));
  router.post(
    '/accounts',
    take(seedShape, (seed) => seedAccounts(org, seed)),
  );
  router.post(
    '/merge',
    take(mergeShape, (merge) => mergeAsAdmin(org, merge)),
  );
  router.post(
    '/undelete',
    take(idsShape, (ids) => undeleteAsAdmin(org, ids)),
  );
  router.post(
    '/purge',
    take(purgeShape, (ids) => purge(org, ids)),
  );
  router.get('/settings', (_req, res) => res.json(showSettings(org)));
  router.put('/settings', (req, res) => {
    changeSettings(org, req.body ?? {});
    res.json(showSettings(org));
  });
  router.get('/faults', (_req, res) => res.json(org.faults.list()));
  router.put(
    '/faults',
    take(z.array(faultShape), (faults) => {
      org.faults.replace(faults);
      return org.faults.list();
    }),
  );
  router.delete('/faults', (_req, res) => {
    org.faults.replace([]);
    res.json([]);
  });
  router.use(serveCalls(org), serveLimitControls(org), runReports(org));
  router.use((req, res) => {
    res.status(404).json({ error: `The simulator has no control ${req.method} /_simulator${req.path}.` });
  });
  router.use(explainFailure);
  return router;
}

/** Bodies that cannot be read, and work that cannot be done, are the caller's mistakes; anything else is a bug here. */
function explainFailure(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) res.status(status).json({ error: describe(error as Error) });
  else next(error);
}

function describe(error: Error): string {
  return error instanceof SyntaxError ? `The body is not JSON: ${error.message}` : error.message;
}
