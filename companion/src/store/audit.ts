import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** One thing that somebody did. Ids, field names and counts only: never a secret, a name or an amount. */
export interface AuditEntry {
  /** Null for what concerns no single connection, such as a sign-in. */
  connectionId: string | null;
  /** Who did it, such as `anna@example.com`, `api token nightly` or `companion`. */
  actor: string;
  /** What was done, such as `connection paused`. */
  action: string;
  /** What it was done to, by id. */
  subject?: string;
  details?: Record<string, unknown>;
}

export const FIRST_HASH = '0'.repeat(64);

/** Any number that nothing else locks: entries are added one at a time, so that the sequence has no gaps. */
const AUDIT_LOCK = 7_204_311;

/**
 * Adds an entry to the audit log, chained to the one before. Give it the transaction of the change that it tells
 * of, as its last statement: until that transaction ends nobody else can add one.
 */
export async function recordAudit(trx: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  const { connectionId, actor, action, subject = null, details = {} } = entry;
  await sql`select pg_advisory_xact_lock(${AUDIT_LOCK})`.execute(trx);
  const { rows } = await sql<{ sequence: number; hash: string }>`
    select sequence, hash from audit order by sequence desc limit 1`.execute(trx);
  const previous = rows[0] ?? { sequence: 0, hash: FIRST_HASH };
  const at = new Date();
  const sequence = previous.sequence + 1;
  const text = JSON.stringify(details);
  const hash = hashAuditEntry(previous.hash, [
    sequence,
    at.toISOString(),
    connectionId,
    actor,
    action,
    subject,
    text,
  ]);
  await sql`
    insert into audit (sequence, at, connection_id, actor, action, subject, details, previous_hash, hash)
    values (${sequence}, ${at}, ${connectionId}, ${actor}, ${action}, ${subject}, ${text}::json,
      ${previous.hash}, ${hash})`.execute(trx);
}

/** The hash of an entry: over the hash before it and all that it says, in the order of the columns. */
export function hashAuditEntry(previousHash: string, columns: readonly (string | number | null)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([previousHash, ...columns]))
    .digest('hex');
}
