import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import { recordAudit } from './audit.ts';
import type { Tables } from './tables.ts';

/** Until when a connection makes no calls to Salesforce, and why. */
export interface Hold {
  until: Date;
  reason: Reason;
}

const FIRST_HOLD_IN_SECONDS = 1;
const LONGEST_HOLD_IN_SECONDS = 15 * 60;

/**
 * Ties a connection to the first org that answers for it.
 *
 * @returns the org it is tied to, which may be another one
 */
export async function pinOrganization(
  db: Kysely<Tables>,
  connectionId: string,
  organizationId: string,
): Promise<string> {
  const { rows } = await sql<{ organization_id: string }>`
    update connection set organization_id = coalesce(organization_id, ${organizationId})
    where connection_id = ${connectionId} returning organization_id`.execute(db);
  return rows[0]?.organization_id ?? organizationId;
}

/**
 * Whether pushes of a connection are written, or wait for its first full export. Until the transaction ends that
 * does not change.
 */
export async function lockExporting(trx: Kysely<Tables>, connectionId: string): Promise<boolean> {
  const { rows } = await sql<{ exporting: boolean }>`
    select exporting from connection where connection_id = ${connectionId} for share`.execute(trx);
  return rows[0]?.exporting ?? true;
}

/** Holds a connection after a failed call, each time in a row for twice as long, up to a quarter of an hour. */
export async function holdConnection(
  db: Kysely<Tables>,
  connectionId: string,
  reason: Reason,
  firstWaitInSeconds = FIRST_HOLD_IN_SECONDS,
): Promise<void> {
  await sql`
    update connection set
      hold_failures = hold_failures + 1, hold_reason = ${JSON.stringify(reason)}::json,
      hold_until = now() + make_interval(secs =>
        least(${LONGEST_HOLD_IN_SECONDS}::float8, ${firstWaitInSeconds}::float8 * power(2, least(hold_failures, 20)))
        * (0.75 + random() / 4))
    where connection_id = ${connectionId}`.execute(db);
}

/** Holds a connection until a known moment, without taking it for a failure. */
export async function holdUntil(
  db: Kysely<Tables>,
  connectionId: string,
  { until, reason }: Hold,
): Promise<void> {
  await sql`
    update connection set hold_until = ${until}, hold_reason = ${JSON.stringify(reason)}::json,
      hold_failures = greatest(hold_failures, 1)
    where connection_id = ${connectionId}`.execute(db);
}

/** Ends a hold: Salesforce answered. */
export async function endHold(db: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`
    update connection set hold_until = null, hold_failures = 0, hold_reason = null
    where connection_id = ${connectionId} and hold_failures > 0`.execute(db);
}

/** @returns undefined when the connection may call Salesforce now */
export async function readHold(db: Kysely<Tables>, connectionId: string): Promise<Hold | undefined> {
  const { rows } = await sql<Hold>`
    select hold_until as until, hold_reason as reason from connection
    where connection_id = ${connectionId} and hold_until > now()`.execute(db);
  return rows[0];
}

/** Notes where an org signs in that has moved, unless an admin has said something else meanwhile. */
export async function recordMove(
  db: Kysely<Tables>,
  connectionId: string,
  oldOrigin: string,
  origin: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      update connection set salesforce_origin = ${origin}, revision = revision + 1
      where connection_id = ${connectionId} and salesforce_origin = ${oldOrigin} returning 1`.execute(trx);
    if (rows.length === 0) return;
    await recordAudit(trx, {
      connectionId,
      actor: 'companion',
      action: 'organization moved',
      details: { from: oldOrigin, to: origin },
    });
  });
}
