import { normalizeId } from '../org/salesforce-ids.ts';

const keyedRecord = /^(\/services\/data\/[^/]+\/(?:tooling\/)?sobjects\/[^/]+\/)([^/]+)\/(.+)$/i;

/** A path as it may be shown to whoever watches: with ids, but without the values by which records are looked up. */
export function shortenPath(path: string): string {
  const [, start, field = '', rest = ''] = keyedRecord.exec(path) ?? [];
  if (start === undefined || normalizeId(field) !== null || normalizeId(rest) !== null) return path;
  return `${start}${field}/:value`;
}
