import express, { Router, type ErrorRequestHandler } from 'express';
import { applyFaults } from '../faults/apply-faults.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { answerProblem } from './answer-problem.ts';
import { ApiProblem } from './api-problem.ts';
import { checkAccess } from './check-access.ts';
import { countCalls } from './count-calls.ts';
import { serveContacts } from './serve-contacts.ts';
import { serveCustomers } from './serve-customers.ts';
import { serveMoney } from './serve-money.ts';
import { serveSettings } from './serve-settings.ts';

/** Everything below `/v1`. */
export function serveApi(organization: UpflowOrganization): Router {
  const router = Router();
  const limit = '25mb';
  router.use(express.json({ limit }), express.raw({ type: 'multipart/form-data', limit }));
  router.use(checkAccess(organization), applyFaults(organization), countCalls(organization));
  router.use(
    serveCustomers(organization),
    serveContacts(organization),
    serveMoney(organization),
    serveSettings(organization),
  );
  router.use((_req, res) => answerProblem(res, 404, 'Not found.'));
  router.use(answerApiProblem);
  return router;
}

const answerApiProblem: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  if (error instanceof ApiProblem) return answerProblem(res, error.status, error.message);
  const { status = 500, message } = error as { status?: number; message?: string };
  answerProblem(
    res,
    status,
    status === 500 ? `Internal error: ${message ?? ''}` : (message ?? 'Bad request.'),
  );
};
