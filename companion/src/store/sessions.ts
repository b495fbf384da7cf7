import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A session with Salesforce as it is stored; what is sealed is still sealed. */
export interface StoredSession {
  /** Sealed; null where none was issued yet, or the session was ended. */
  accessToken: string | null;
  /** Sealed; null where the flow gives none. */
  refreshToken: string | null;
  instanceOrigin: string | null;
  /** Raised by each new access token, and by the end of the session. */
  generation: number;
}

/** Tokens to store, sealed. */
export interface NewTokens {
  accessToken: string;
  /** Undefined keeps the one that is there. */
  refreshToken: string | undefined;
  instanceOrigin: string;
}

/** The session of a connection; one that never had a session gets an empty one. */
export async function readSession(db: Kysely<Tables>, connectionId: string): Promise<StoredSession> {
  const { rows } = await sql<StoredSession>`
    select access_token as "accessToken", refresh_token as "refreshToken", instance_origin as "instanceOrigin",
      generation
    from salesforce_session where connection_id = ${connectionId}`.execute(db);
  if (rows[0] !== undefined) return rows[0];
  await sql`
    insert into salesforce_session (connection_id, generation) values (${connectionId}, 0)
    on conflict do nothing`.execute(db);
  return readSession(db, connectionId);
}

/**
 * Takes the right to renew a session, unless somebody else has it or has renewed it already. Whoever is silent for
 * longer than the lease loses it.
 *
 * @returns undefined when it was not given; otherwise whether it was taken from one that never gave it back
 */
export async function takeRenewal(
  db: Kysely<Tables>,
  connectionId: string,
  { leaseId, seconds, generation }: { leaseId: string; seconds: number; generation: number },
): Promise<{ wasAbandoned: boolean } | undefined> {
  const { rows } = await sql<{ wasAbandoned: boolean }>`
    with before as (
      select connection_id, lease_id is not null as abandoned from salesforce_session
      where connection_id = ${connectionId} and generation = ${generation}
        and coalesce(lease_until, '-infinity') < now()
      for update)
    update salesforce_session s
    set lease_id = ${leaseId}, lease_until = now() + make_interval(secs => ${seconds})
    from before
    where s.connection_id = before.connection_id and s.generation = ${generation}
    returning before.abandoned as "wasAbandoned"`.execute(db);
  return rows[0];
}

/** Gives the right to renew back, after nothing came of it. */
export async function giveRenewalBack(
  db: Kysely<Tables>,
  connectionId: string,
  leaseId: string,
): Promise<void> {
  await sql`
    update salesforce_session set lease_id = null, lease_until = null
    where connection_id = ${connectionId} and lease_id = ${leaseId}`.execute(db);
}

/**
 * Stores the tokens of a renewal.
 *
 * @returns false when the session was renewed or ended by somebody else meanwhile: the tokens are then not to be used
 */
export async function saveRenewed(
  db: Kysely<Tables>,
  connectionId: string,
  generation: number,
  { accessToken, refreshToken = '', instanceOrigin }: NewTokens,
): Promise<boolean> {
  const { rows } = await sql`
    update salesforce_session set
      access_token = ${accessToken}, refresh_token = coalesce(nullif(${refreshToken}, ''), refresh_token),
      instance_origin = ${instanceOrigin}, generation = generation + 1, issued_at = now(),
      lease_id = null, lease_until = null
    where connection_id = ${connectionId} and generation = ${generation}
    returning 1`.execute(db);
  return rows.length > 0;
}

/** Stores the tokens of a new sign-in in place of whatever there was. */
export async function replaceSession(
  db: Kysely<Tables>,
  connectionId: string,
  { accessToken, refreshToken, instanceOrigin }: NewTokens,
): Promise<void> {
  const granted = refreshToken !== undefined;
  await sql`
    insert into salesforce_session as s
      (connection_id, access_token, refresh_token, instance_origin, generation, granted_at)
    values (${connectionId}, ${accessToken}, ${refreshToken ?? null}, ${instanceOrigin}, 1,
      case when ${granted}::boolean then now() end)
    on conflict (connection_id) do update set
      access_token = excluded.access_token, refresh_token = excluded.refresh_token,
      instance_origin = excluded.instance_origin, generation = s.generation + 1, issued_at = now(),
      granted_at = excluded.granted_at, lease_id = null, lease_until = null`.execute(db);
}

/** Forgets the tokens of a connection; a renewal that is under way comes too late. */
export async function endSession(db: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`
    update salesforce_session set
      access_token = null, refresh_token = null, granted_at = null, generation = generation + 1,
      lease_id = null, lease_until = null
    where connection_id = ${connectionId}`.execute(db);
}

/** Forgets the access token only, so that the next call gets a new one. */
export async function endAccess(db: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`
    update salesforce_session set access_token = null, generation = generation + 1
    where connection_id = ${connectionId}`.execute(db);
}
