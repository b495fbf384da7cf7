import type { Request } from 'express';

/** The access token of a request, or null where there is none. `OAuth` is the older word for `Bearer`. */
export function readBearerToken(req: Request): string | null {
  const match = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(req.headers.authorization ?? '');
  return match?.[1] ?? null;
}
