import type { Response } from 'express';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { refuseRequest } from './api-refusals.ts';
import type { ApiRequest } from './api-request.ts';
import { nameResource } from './name-resource.ts';

/** Counts a call against the org's limits, and says in its answer how much of the daily one is used. */
export function countCall(org: SimulatedOrg, request: ApiRequest, res: Response): void {
  const { dailyApiRequests, concurrentLongRequests, longRequestMs } = org.settings;
  res.set('Sforce-Limit-Info', describeUsage(org));
  if (org.usage.apiRequests.used >= dailyApiRequests) throw refuseRequest('daily');
  if (org.running.countLongerThan(longRequestMs) >= concurrentLongRequests)
    throw refuseRequest('longRunning');
  org.usage.apiRequests.count();
  org.stats.countCall(request.method, nameResource(request.path));
  res.set('Sforce-Limit-Info', describeUsage(org));
}

function describeUsage({ usage, settings }: SimulatedOrg): string {
  const { used } = usage.apiRequests;
  const ofOrg = `api-usage=${used}/${settings.dailyApiRequests}`;
  const app = settings.perAppApiRequests;
  if (app === null) return ofOrg;
  return `${ofOrg}; per-app-api-usage=${used}/${app.max}(appName=${app.appName})`;
}
