import { createHash } from 'node:crypto';
import { header, type ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { parseTime } from '../../org/salesforce-times.ts';
import type { StoredRecord } from '../../store/stored-record.ts';

/** Headers that make a later write conditional. Salesforce gives them for Accounts only. */
export function describeVersion(record: StoredRecord): { ETag: string; 'Last-Modified': string } {
  const hash = createHash('md5').update(JSON.stringify(record)).digest('hex');
  return { ETag: `"${hash}-gzip"`, 'Last-Modified': new Date(modifiedAt(record)).toUTCString() };
}

/** Whether a reader already has this version of the record. */
export function isKnownVersion(call: ApiCall, record: StoredRecord): boolean {
  const noneMatch = header(call, 'If-None-Match');
  if (noneMatch !== undefined) return matches(noneMatch, record);
  const since = readDate(call, 'If-Modified-Since');
  return since !== null && modifiedAt(record) <= since;
}

/** Refuses a write whose conditions do not hold: somebody else was faster. */
export function checkConditions(call: ApiCall, record: StoredRecord): void {
  const ifMatch = header(call, 'If-Match');
  const noneMatch = header(call, 'If-None-Match');
  const unmodifiedSince = readDate(call, 'If-Unmodified-Since');
  const modifiedSince = readDate(call, 'If-Modified-Since');
  const modified = modifiedAt(record);
  const broken = [
    ifMatch !== undefined && !matches(ifMatch, record),
    noneMatch !== undefined && matches(noneMatch, record),
    unmodifiedSince !== null && modified > unmodifiedSince,
    modifiedSince !== null && modified <= modifiedSince,
  ];
  if (!broken.includes(true)) return;
  throw ApiError.of(412, 'PRECONDITION_FAILED', 'The record does not meet the conditions of the request');
}

function modifiedAt(record: StoredRecord): number {
  return parseTime(String(record.SystemModstamp));
}

function matches(header: string, record: StoredRecord): boolean {
  if (header.trim() === '*') return true;
  const withoutSuffix = (tag: string): string =>
    tag
      .trim()
      .replace(/^W\//, '')
      .replaceAll('"', '')
      .replace(/-gzip$/, '');
  const current = withoutSuffix(describeVersion(record).ETag);
  return header.split(',').some((tag) => withoutSuffix(tag) === current);
}

function readDate(call: ApiCall, name: string): number | null {
  const text = header(call, name);
  if (text === undefined) return null;
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw ApiError.of(400, 'INVALID_HEADER', `${name}: not a date: ${text}`);
}
