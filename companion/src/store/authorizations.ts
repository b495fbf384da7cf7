import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

/** Days for which ended authorizations can be looked at. */
const RETENTION_IN_DAYS = 7;

/** An admin who was sent to Salesforce to approve the app. */
export interface Authorization {
  id: string;
  connectionId: string;
  sessionDigest: Buffer;
  origin: string;
  clientId: string;
  redirectUri: string;
  /** Sealed. */
  verifier: string;
  startedBy: string;
  startedAt: Date;
  expiresAt: Date;
  /** Whether the connection was connected by it. */
  succeeded: boolean;
  problem: Reason | null;
  isOver: boolean;
}

export interface NewAuthorization extends Omit<
  Authorization,
  'startedAt' | 'expiresAt' | 'succeeded' | 'problem' | 'isOver'
> {
  stateDigest: Buffer;
  validityInSeconds: number;
}

export async function saveAuthorization(db: Kysely<Tables>, added: NewAuthorization): Promise<Date> {
  await sql`
    delete from salesforce_authorization
    where expires_at < now() - make_interval(days => ${RETENTION_IN_DAYS})`.execute(db);
  const { rows } = await sql<{ expiresAt: Date }>`
    insert into salesforce_authorization (authorization_id, connection_id, state_digest, session_digest, origin,
      client_id, redirect_uri, verifier, started_by, expires_at)
    values (${added.id}, ${added.connectionId}, ${added.stateDigest}, ${added.sessionDigest}, ${added.origin},
      ${added.clientId}, ${added.redirectUri}, ${added.verifier}, ${added.startedBy},
      now() + make_interval(secs => ${added.validityInSeconds}))
    returning expires_at as "expiresAt"`.execute(db);
  return rows[0]?.expiresAt ?? new Date();
}

const COLUMNS = sql`
  authorization_id as id, connection_id as "connectionId", session_digest as "sessionDigest", origin,
  client_id as "clientId", redirect_uri as "redirectUri", verifier, started_by as "startedBy",
  started_at as "startedAt", expires_at as "expiresAt", succeeded, problem,
  expires_at <= now() as "isOver"`;

export async function findAuthorization(
  db: Kysely<Tables>,
  by: { id: string; connectionId: string } | { stateDigest: Buffer },
): Promise<Authorization | undefined> {
  const which =
    'id' in by
      ? sql`connection_id = ${by.connectionId} and authorization_id::text = ${by.id}`
      : sql`state_digest = ${by.stateDigest}`;
  const { rows } = await sql<Authorization>`
    select ${COLUMNS} from salesforce_authorization where ${which}`.execute(db);
  return rows[0];
}

/** Ends an authorization that is still waiting. @returns false when it was used before, or is too old */
export async function useAuthorization(db: Kysely<Tables>, id: string): Promise<boolean> {
  const { rows } = await sql`
    update salesforce_authorization set ended_at = now()
    where authorization_id = ${id} and ended_at is null and expires_at > now() returning 1`.execute(db);
  return rows.length > 0;
}

/** Notes that the connection is connected. */
export async function succeedAuthorization(db: Kysely<Tables>, id: string): Promise<void> {
  await sql`update salesforce_authorization set succeeded = true where authorization_id = ${id}`.execute(db);
}

/** Notes why nothing came of an authorization. */
export async function failAuthorization(db: Kysely<Tables>, id: string, problem: Reason): Promise<void> {
  await sql`
    update salesforce_authorization set problem = ${JSON.stringify(problem)}::json
    where authorization_id = ${id}`.execute(db);
}
