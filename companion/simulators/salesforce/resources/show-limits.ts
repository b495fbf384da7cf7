import { queryParam, type ApiCall } from '../http/api-call.ts';
import { identityUrl } from '../oauth/oauth-answers.ts';
import type { Answer } from '../http/send-answer.ts';

/** GET /services/data/vXX.0: the resources that there are. */
export function listResources(call: ApiCall): Answer {
  const names = ['limits', 'sobjects', 'query', 'queryAll', 'composite', 'ui-api'];
  const body = Object.fromEntries(names.map((name) => [name, `${call.base}/${name}`]));
  return { status: 200, body: { ...body, identity: identityUrl(call.org, call.user) } };
}

/** GET /limits. Only API calls and bulk jobs move; the rest is what a small org shows. */
export function showLimits(call: ApiCall): Answer {
  const { stats, usage, settings } = call.org;
  const used = (max: number, count: number): object => ({ Max: max, Remaining: Math.max(0, max - count) });
  const body = {
    DailyApiRequests: used(settings.dailyApiRequests, usage.used),
    DailyAsyncApexExecutions: used(250_000, 0),
    DailyBulkApiBatches: used(settings.dailyBulkApiBatches, stats.bulkBatches),
    DailyBulkV2QueryFileStorageMB: used(976_562, 0),
    DailyBulkV2QueryJobs: used(settings.dailyBulkV2QueryJobs, stats.bulkQueryJobs),
    DailyGenericStreamingApiEvents: used(10_000, 0),
    DailyStreamingApiEvents: used(10_000, 0),
    DataStorageMB: used(1024, 1),
    FileStorageMB: used(1024, 0),
    HourlyPublishedPlatformEvents: used(50_000, 0),
    MassEmail: used(5000, 0),
    PermissionSets: { ...used(1500, 3), CreateCustom: used(1000, 0) },
    SingleEmail: used(5000, 0),
  };
  return { status: 200, body };
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
