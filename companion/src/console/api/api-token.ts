import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Connection } from '../../connect/connection.ts';
import { digestToken } from '../../connect/provision-connections.ts';
import type { Actor } from './route.ts';

/** Whoever sends an API token of the very connection that the request is about acts as an admin of that one. */
export function identifyByToken(
  request: { headers: IncomingHttpHeaders },
  connection: Pick<Connection, 'id' | 'apiTokenDigests'> | undefined,
): Actor | undefined {
  const offered = readBearer(request);
  if (offered === undefined || connection === undefined) return undefined;
  const digest = digestToken(offered);
  const token = connection.apiTokenDigests.find((candidate) => timingSafeEqual(candidate.digest, digest));
  if (token === undefined) return undefined;
  return {
    name: `API token ${token.name}`,
    role: 'admin',
    connectionId: connection.id,
    sessionDigest: digest,
  };
}

/** The token that a request shows. */
export function readBearer({ headers }: { headers: IncomingHttpHeaders }): string | undefined {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
}
