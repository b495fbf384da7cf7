import { Router } from 'express';
import { answerCall } from '../http/answer-call.ts';
import { listApiVersions } from '../http/api-versions.ts';
import { compileRoutes } from '../http/find-resource.ts';
import { sendAnswer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { routes } from './route-table.ts';

/** The data API, in all its versions at once. */
export function serveDataApi(org: SimulatedOrg): Router {
  const router = Router();
  router.get('/services/data', (_req, res) => sendAnswer(res, { status: 200, body: listApiVersions() }));
  router.all('/services/data/{*path}', answerCall(org, compileRoutes(routes)));
  return router;
}
