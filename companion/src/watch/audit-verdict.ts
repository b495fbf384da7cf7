import type { Kysely } from 'kysely';
import { verifyAudit, type AuditChain } from '../store/read-audit.ts';
import type { Tables } from '../store/tables.ts';

/** A log of so many entries is read anew for each question. */
const ENTRIES_READ_EACH_TIME = 2000;

/** Milliseconds for which the verdict over a longer one is good. */
const VALIDITY_IN_MS = 5 * 60_000;

export type AuditVerdict = AuditChain & { checkedAt: Date };

/**
 * Says whether the audit log is whole. A long log is read once for all who ask at the same time, and not again for
 * some minutes.
 */
export function createAuditJudge(db: Kysely<Tables>): () => Promise<AuditVerdict> {
  let last: AuditVerdict | undefined;
  let underWay: Promise<AuditVerdict> | undefined;

  async function judge(): Promise<AuditVerdict> {
    try {
      last = { ...(await verifyAudit(db)), checkedAt: new Date() };
      return last;
    } finally {
      underWay = undefined;
    }
  }

  return () => {
    const isGood =
      last !== undefined &&
      last.entries > ENTRIES_READ_EACH_TIME &&
      Date.now() - last.checkedAt.getTime() < VALIDITY_IN_MS;
    if (isGood && last !== undefined) return Promise.resolve(last);
    underWay ??= judge();
    return underWay;
  };
}
