import { sql, type Kysely } from 'kysely';
import { FIRST_HASH, hashAuditEntry } from './audit.ts';
import type { Tables } from './tables.ts';

export interface AuditRow {
  sequence: number;
  at: Date;
  connectionId: string | null;
  actor: string;
  action: string;
  subject: string | null;
  details: Record<string, unknown>;
  hash: string;
}

export interface AuditQuery {
  /** Undefined for the whole log. */
  connectionId?: string | undefined;
  /** What it was done to. */
  subject?: string;
  /** Only entries before this one. */
  before?: number | undefined;
  limit: number;
}

/** Reads the audit log, newest first. */
export async function readAudit(
  db: Kysely<Tables>,
  { connectionId, subject, before, limit }: AuditQuery,
): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select sequence, at, connection_id as "connectionId", actor, action, subject, details, hash from audit
    where ${connectionId === undefined ? sql`true` : sql`connection_id = ${connectionId}`}
      and ${subject === undefined ? sql`true` : sql`subject = ${subject}`}
      and ${before === undefined ? sql`true` : sql`sequence < ${before}`}
    order by sequence desc limit ${limit}`.execute(db);
  return rows;
}

/** Whether the log is as it was written; `brokenAt` is the first entry that is not. */
export interface AuditChain {
  chain: 'whole' | 'broken';
  brokenAt: number | null;
  entries: number;
}

/** Entries that are read at once: bounds the memory, and lets others at a database with one session. */
const SLICE = 2000;

/** Reads the whole log and computes each hash anew. A changed, missing or added entry breaks the chain there. */
export async function verifyAudit(db: Kysely<Tables>): Promise<AuditChain> {
  let previousHash = FIRST_HASH;
  let sequence = 0;
  for (;;) {
    const { rows } = await sql<AuditRow & { text: string; previousHash: string }>`
      select sequence, at, connection_id as "connectionId", actor, action, subject, details::text as text,
        previous_hash as "previousHash", hash
      from audit where sequence > ${sequence} order by sequence limit ${SLICE}`.execute(db);
    for (const row of rows) {
      const { at, connectionId, actor, action, subject, text } = row;
      const columns = [row.sequence, at.toISOString(), connectionId, actor, action, subject, text];
      const isNext = row.sequence === sequence + 1 && row.previousHash === previousHash;
      if (!isNext || row.hash !== hashAuditEntry(previousHash, columns)) {
        return { chain: 'broken', brokenAt: row.sequence, entries: sequence };
      }
      ({ sequence, hash: previousHash } = row);
    }
    if (rows.length < SLICE) return { chain: 'whole', brokenAt: null, entries: sequence };
  }
}
