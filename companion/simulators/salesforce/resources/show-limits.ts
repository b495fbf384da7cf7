import { queryParam, type ApiCall } from '../http/api-call.ts';
import type { Answer } from '../http/send-answer.ts';
import { countLive, measureDataStorage } from '../write/data-storage.ts';
import { CUSTOM_PERMISSION_SETS, DATA_STORAGE_MB, PERMISSION_SETS, unusedLimits } from './limit-list.ts';

interface Limit {
  Max: number;
  Remaining: number;
}

function used(max: number, count: number): Limit {
  return { Max: max, Remaining: Math.max(0, max - count) };
}

/** GET /limits. What the calls, the jobs, the records and the permission sets use up is counted. */
export function showLimits(call: ApiCall): Answer {
  const { usage, settings, store } = call.org;
  const sets = [...store.rows('PermissionSet').values()].filter((row) => row.IsOwnedByProfile !== true);
  const body = {
    ...Object.fromEntries(Object.entries(unusedLimits).map(([name, max]) => [name, used(max, 0)])),
    DailyApiRequests: used(settings.dailyApiRequests, usage.apiRequests.used),
    DailyBulkApiBatches: used(settings.dailyBulkApiBatches, usage.bulkBatches.used),
    DailyBulkV2QueryJobs: used(settings.dailyBulkV2QueryJobs, usage.bulkQueryJobs.used),
    DataStorageMB: used(settings.dataStorageMB ?? DATA_STORAGE_MB, Math.ceil(measureDataStorage(call.org))),
    PermissionSets: {
      ...used(PERMISSION_SETS, sets.length),
      CreateCustom: used(
        CUSTOM_PERMISSION_SETS,
        sets.filter((row) => row.NamespacePrefix === undefined).length,
      ),
    },
  };
  const sorted = Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1));
  return { status: 200, body: Object.fromEntries(sorted) };
}

/** GET /limits/recordCount?sObjects=… Objects without records are left out; the rest is an estimate. */
export function countRecords(call: ApiCall): Answer {
  const wanted = queryParam(call, 'sObjects')?.toLowerCase().split(',');
  const objects = [...call.access]
    .filter(([key]) => wanted?.includes(key) ?? true)
    .map(([, object]) => object.schema.name);
  const sObjects = objects
    .map((name) => ({ count: call.org.settings.recordCounts[name] ?? countLive(call.org, name), name }))
    .filter(({ count }) => count > 0);
  return { status: 200, body: { sObjects } };
}
