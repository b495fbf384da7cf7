import { Router } from 'express';
import { z } from 'zod';
import { milliseconds } from '../org/durations.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { take } from './take-input.ts';

const LAST_MOMENT = Date.UTC(9999, 11, 31);

const recordId = z.string().transform((text, context) => {
  const id = normalizeId(text);
  if (id === null) context.addIssue('the id of a record is needed, with 15 or 18 characters');
  return id ?? '';
});
const lockShape = z.strictObject({ ids: z.array(recordId).min(1), ms: milliseconds.min(1) });
const usageShape = z.strictObject({ apiRequests: z.number().int().min(0) });

/** Control of the org's time, of the calls that it thinks it had, and of rows that are locked by hand. */
export function serveLimitControls(org: SimulatedOrg): Router {
  const router = Router();
  const clockShape = z.strictObject({
    advanceMs: z
      .number()
      .min(0)
      .refine((ms) => org.clock.now() + ms <= LAST_MOMENT, 'the clock ends with the year 9999'),
  });
  const showClock = () => ({ now: new Date(org.clock.now()).toISOString() });
  const showUsage = () => ({ apiRequests: org.usage.apiRequests.used, max: org.settings.dailyApiRequests });
  const showLocks = () => org.rowLocks.list();

  router.get('/clock', (_req, res) => res.json(showClock()));
  router.put(
    '/clock',
    take(clockShape, ({ advanceMs }) => {
      org.clock.advance(advanceMs);
      return showClock();
    }),
  );
  router.get('/usage', (_req, res) => res.json(showUsage()));
  router.put(
    '/usage',
    take(usageShape, ({ apiRequests }) => {
      org.usage.apiRequests.set(apiRequests);
      return showUsage();
    }),
  );
  router.get('/locks', (_req, res) => res.json(showLocks()));
  router.post(
    '/locks',
    take(lockShape, ({ ids, ms }) => {
      org.rowLocks.hold(ids, ms);
      return showLocks();
    }),
  );
  router.delete('/locks', (_req, res) => {
    org.rowLocks.clear();
    res.json(showLocks());
  });
  return router;
}
