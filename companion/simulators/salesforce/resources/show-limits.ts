import { queryParam, type ApiCall } from '../http/api-call.ts';
import { identityUrl } from '../oauth/oauth-answers.ts';
import type { Answer } from '../http/send-answer.ts';
import { fixedLimits } from './fixed-limits.ts';

/** GET /services/data/vXX.0: the resources that there are. */
export function listResources(call: ApiCall): Answer {
  const names = ['limits', 'sobjects', 'query', 'queryAll', 'composite', 'ui-api'];
  const body = Object.fromEntries(names.map((name) => [name, `${call.base}/${name}`]));
  return { status: 200, body: { ...body, identity: identityUrl(call.org, call.user) } };
}

/** GET /limits. Only API calls and bulk jobs move; the rest is what a small org shows. */
export function showLimits(call: ApiCall): Answer {
  const { stats, usage, settings } = call.org;
  const body = {
    ...Object.fromEntries(Object.entries(fixedLimits).map(([name, max]) => [name, showLimit(max)])),
    DailyApiRequests: showLimit(settings.dailyApiRequests, usage.used),
    DailyBulkApiBatches: showLimit(settings.dailyBulkApiBatches, stats.bulkBatches),
    DailyBulkV2QueryJobs: showLimit(settings.dailyBulkV2QueryJobs, stats.bulkQueryJobs),
    PermissionSets: { ...showLimit(1500, 3), CreateCustom: showLimit(1000) },
  };
  return { status: 200, body };
}

function showLimit(max: number, used = 0): { Max: number; Remaining: number } {
  return { Max: max, Remaining: Math.max(0, max - used) };
}

/** GET /limits/recordCount?sObjects=… Objects without records are left out; the rest is an estimate. */
export function countRecords(call: ApiCall): Answer {
  const wanted = queryParam(call, 'sObjects')?.toLowerCase().split(',');
  const objects = [...call.access]
    .filter(([key]) => wanted?.includes(key) ?? true)
    .map(([, object]) => object.schema.name);
  const sObjects = objects
    .map((name) => ({ count: countLive(call, name) + call.org.settings.recordCountDrift, name }))
    .filter(({ count }) => count > 0);
  return { status: 200, body: { sObjects } };
}

function countLive(call: ApiCall, name: string): number {
  let count = 0;
  for (const record of call.org.store.rows(name).values()) if (record.IsDeleted !== true) count += 1;
  return count;
}
