import type { Response } from 'express';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { ApiError } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { nameResource } from './name-resource.ts';

/** Counts a call against the org's daily limit, and says in its answer how much of that is used. */
export function countCall(org: SimulatedOrg, request: ApiRequest, res: Response): void {
  const limit = org.settings.dailyApiRequests;
  if (org.stats.apiCalls >= limit) {
    res.set('Sforce-Limit-Info', `api-usage=${org.stats.apiCalls}/${limit}`);
    throw ApiError.of(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  org.stats.countCall(request.method, nameResource(request.path));
  res.set('Sforce-Limit-Info', `api-usage=${org.stats.apiCalls}/${limit}`);
}
