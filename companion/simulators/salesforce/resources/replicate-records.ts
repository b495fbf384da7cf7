import { compileVisibility } from '../access/sharing.ts';
import { queryParam, requireObject, type ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import type { Answer } from '../http/send-answer.ts';
import { DAY_IN_MS, formatTime, MINUTE_IN_MS, parseTime } from '../org/salesforce-times.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { BIN_DAYS, lastPurge } from '../write/recycle-bin.ts';

const REACH_DAYS = 30;

interface Window {
  from: number;
  to: number;
}

/**
 * GET /sobjects/<object>/updated?start=…&end=…: ids of what was created or changed, and still is there:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-getupdated.html
 */
export function listUpdated(call: ApiCall): Answer {
  const window = readWindow(call);
  const found = findChanged(call, window, (record) => record.IsDeleted !== true);
  const ids = found.map((record) => record.Id);
  return { status: 200, body: { ids, latestDateCovered: coverUpTo(call, window.to) } };
}

/**
 * GET /sobjects/<object>/deleted?start=…&end=…: what went to the recycle bin in the last 15 days:
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-getdeleted.html
 */
export function listDeleted(call: ApiCall): Answer {
  const { from, to } = readWindow(call);
  const reach = Math.max(from, call.org.clock.now() - BIN_DAYS * DAY_IN_MS);
  const found = findChanged(call, { from: reach, to }, (record) => record.IsDeleted === true);
  const deletedRecords = found.map((record) => ({ id: record.Id, deletedDate: record.SystemModstamp }));
  const earliest = lastPurge(call.org, requireObject(call).schema.name) ?? readOrgStart(call);
  const body = { deletedRecords, earliestDateAvailable: earliest, latestDateCovered: coverUpTo(call, to) };
  return { status: 200, body };
}

/** Whoever starts the next call here misses nothing: what is yet to happen is not covered. */
function coverUpTo(call: ApiCall, end: number): string {
  return formatTime(Math.min(end, withoutSeconds(call, Date.now())));
}

function readOrgStart(call: ApiCall): string {
  const organization = call.org.store.get('Organization', call.org.identity.organizationId);
  return String(organization?.CreatedDate);
}

function findChanged(
  call: ApiCall,
  { from, to }: Window,
  isWanted: (record: StoredRecord) => boolean,
): StoredRecord[] {
  const { store, settings } = call.org;
  // Times are kept in a form that sorts.
  const [first, end] = [formatTime(from), formatTime(to)];
  const object = requireObject(call);
  const isVisible = compileVisibility(call, object);
  const found = [...store.rows(object.schema.name).values()].filter((record) => {
    const changed = String(record.SystemModstamp);
    return changed >= first && changed < end && isWanted(record) && isVisible(record);
  });
  if (found.length <= settings.maxReplicatedIds) return found;
  const message = `The number of records found is more than ${settings.maxReplicatedIds}. Choose dates that are closer together.`;
  throw ApiError.of(400, 'EXCEEDED_ID_LIMIT', message);
}

function readWindow(call: ApiCall): Window {
  const from = readTime(call, 'start');
  const to = readTime(call, 'end');
  if (from >= to) throw invalidDate('startDate must be earlier than endDate');
  if (from < call.org.clock.now() - REACH_DAYS * DAY_IN_MS - MINUTE_IN_MS) {
    throw invalidDate(`startDate cannot be more than ${REACH_DAYS} days ago`);
  }
  return { from, to };
}

function readTime(call: ApiCall, name: string): number {
  const text = queryParam(call, name);
  if (text === null) throw ApiError.of(400, 'MISSING_ARGUMENT', `The ${name} parameter is required.`);
  // An unencoded plus sign arrives as a blank.
  const time = parseTime(text.replace(' ', '+'));
  if (Number.isNaN(time) || !/T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text.replace(' ', '+'))) {
    throw invalidDate(`${name} is no date and time with an offset: ${text}`);
  }
  return withoutSeconds(call, time);
}

function withoutSeconds({ org }: ApiCall, time: number): number {
  return org.settings.replicationIgnoresSeconds ? Math.floor(time / MINUTE_IN_MS) * MINUTE_IN_MS : time;
}

function invalidDate(message: string): ApiError {
  return ApiError.of(400, 'INVALID_REPLICATION_DATE', message);
}
