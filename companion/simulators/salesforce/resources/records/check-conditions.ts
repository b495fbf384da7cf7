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

/**
 * Whether a reader already has this version of the record. A reader's conditions may also refuse it; those that are no
 * conditions are left alone: https://developer.salesforce.com/docs/platform/api-rest/guide/intro-rest-conditional-requests.html
 */
export function isKnownVersion(call: ApiCall, record: StoredRecord): boolean {
  const noneMatch = header(call, 'If-None-Match');
  const since = readDate(call, 'If-Modified-Since');
  const isKnown =
    noneMatch === undefined ? since !== null && modifiedAt(record) <= since : matches(noneMatch, record);
  if (!isKnown && breaksMatch(call, record)) throw preconditionFailed();
  return isKnown;
}

/** Refuses a write whose conditions do not hold: somebody else was faster. */
export function checkConditions(call: ApiCall, record: StoredRecord): void {
  refuseInvalidConditions(call);
  const noneMatch = header(call, 'If-None-Match');
  const modifiedSince = readDate(call, 'If-Modified-Since');
  const isKnown =
    (noneMatch !== undefined && matches(noneMatch, record)) ||
    (modifiedSince !== null && modifiedAt(record) <= modifiedSince);
  if (isKnown || breaksMatch(call, record)) throw preconditionFailed();
}

/** Refuses a write with conditions that cannot be read, where a reading request would go on without them. */
export function refuseInvalidConditions(call: ApiCall): void {
  const invalid = [
    ...['If-Match', 'If-None-Match'].filter((name) => !isTagList(header(call, name))),
    ...['If-Unmodified-Since'].filter(
      (name) => header(call, name) !== undefined && readDate(call, name) === null,
    ),
  ];
  const [name] = invalid;
  if (name === undefined) return;
  throw ApiError.of(400, 'INVALID_HEADER', `${name}: not a valid value: ${header(call, name) ?? ''}`);
}

function isTagList(text: string | undefined): boolean {
  if (text === undefined) return true;
  return /^\s*(?:\*|(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*)\s*$/.test(text);
}

function breaksMatch(call: ApiCall, record: StoredRecord): boolean {
  const ifMatch = header(call, 'If-Match');
  const unmodifiedSince = readDate(call, 'If-Unmodified-Since');
  if (ifMatch !== undefined && isTagList(ifMatch) && !matches(ifMatch, record)) return true;
  return unmodifiedSince !== null && modifiedAt(record) > unmodifiedSince;
}

function preconditionFailed(): ApiError {
  return ApiError.of(412, 'PRECONDITION_FAILED', 'The record does not meet the conditions of the request');
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
  const time = Date.parse(header(call, name) ?? '');
  return Number.isNaN(time) ? null : time;
}
