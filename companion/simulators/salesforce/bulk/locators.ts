import { ApiError } from '../http/api-error.ts';

/** A place in a list or in results; clients hand it back as they got it. */
export function writeLocator(place: number): string {
  return Buffer.from(String(place)).toString('base64url');
}

/** Reads a locator; a blank one is the beginning. */
export function readLocator(locator: string): number {
  const place = Number(Buffer.from(locator, 'base64url').toString());
  if (Number.isInteger(place) && place >= 0) return place;
  throw ApiError.of(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
}
