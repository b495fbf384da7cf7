/** The access token of an Authorization header, or null where there is none. `OAuth` is the older word for `Bearer`. */
export function readBearerToken(authorization: string | undefined): string | null {
  const match = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? '');
  return match?.[1] ?? null;
}
