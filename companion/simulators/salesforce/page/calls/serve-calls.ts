import { Router } from 'express';
import type { SimulatedOrg } from '../../org/simulated-org.ts';
import { nameUserOf, readReader } from '../reader.ts';
import { renderCalls } from './render-calls.ts';

/** The page of API calls, and how much of the daily limit they have used. */
export function serveCalls(org: SimulatedOrg): Router {
  const router = Router();
  router.get('/simulator/calls', (request, response) => {
    const reader = readReader(request.query, nameUserOf(org));
    response.type('html').send(renderCalls(reader));
  });
  router.get('/simulator/calls/usage', (_request, response) => {
    response.json({ used: org.usage.apiRequests.used, limit: org.settings.dailyApiRequests });
  });
  return router;
}
