import { ApiError } from './api-error.ts';

const OLDEST_API_VERSION = 31;
export const NEWEST_API_VERSION = 68;
const OLDEST_RETIRED_VERSION = 7;
const seasons = ['Winter', 'Spring', 'Summer'];

/** The versions that are served, as `/services/data/` lists them. */
export function listApiVersions(): { label: string; url: string; version: string }[] {
  const count = NEWEST_API_VERSION - OLDEST_API_VERSION + 1;
  return Array.from({ length: count }, (_, index) => {
    const version = OLDEST_API_VERSION + index;
    // v20.0 was Winter '11, and there are three releases a year.
    const season = seasons[(version - 20) % 3] ?? '';
    const label = `${season} '${11 + Math.floor((version - 20) / 3)}`;
    return { label, url: `/services/data/v${version}.0`, version: `${version}.0` };
  });
}

/** Reads `v66.0`; a retired version is gone, any other that is not served does not exist. */
export function checkApiVersion(segment: string): number {
  const match = /^v(\d+)\.0$/.exec(segment);
  const version = Number(match?.[1] ?? NaN);
  if (version >= OLDEST_API_VERSION && version <= NEWEST_API_VERSION) return version;
  if (version >= OLDEST_RETIRED_VERSION && version < OLDEST_API_VERSION) {
    throw ApiError.of(410, 'UNSUPPORTED_API_VERSION', `API version ${version}.0 has been retired`);
  }
  throw ApiError.notFound();
}

/** The header that tells a client that its version is deprecated; versions of which that is not known have none. */
export function warnOfVersion(version: number, deprecatedUpTo: number): Record<string, string> {
  if (version > deprecatedUpTo) return {};
  const text =
    'This API is deprecated and will be removed. Please see https://help.salesforce.com for details.';
  return { Warning: `299 - "${text}"` };
}
