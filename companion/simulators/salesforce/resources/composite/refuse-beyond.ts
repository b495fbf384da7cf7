import { ApiError } from '../../http/api-error.ts';

/** Refuses a request that has more of something than it may have. */
export function refuseBeyond(count: number, max: number, what: string): void {
  if (count <= max) return;
  throw ApiError.of(400, 'LIMIT_EXCEEDED', `The request can’t contain more than ${max} ${what}.`);
}
