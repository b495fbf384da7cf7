import type { Kysely } from 'kysely';
import type { FieldValues } from '../salesforce/field-value.ts';
import { forgetAccounts, linkAccounts, saveWritten } from '../store/accounts.ts';
import { endBulkProgress } from '../store/bulk-jobs.ts';
import { releaseCustomers, renewLease, settleCustomers, type Lease } from '../store/claims.ts';
import { endEffects, explainPending } from '../store/effects.ts';
import { countRunOutcomes } from '../store/export-runs.ts';
import type { Tables } from '../store/tables.ts';
import type { BatchResult } from './judge-results.ts';
import { tellBatch } from './tell-batch.ts';

/**
 * Records how a batch ended, in one transaction. Nothing is recorded once the lease has ended: what this
 * process knows of the Accounts may be older than what another one has written since, which records it.
 */
export async function recordBatch(
  db: Kysely<Tables>,
  connectionId: string,
  lease: Lease,
  result: BatchResult,
  accountsBefore: ReadonlyMap<string, FieldValues>,
): Promise<void> {
  const { ends, written, links, gone } = result;
  const done = [...ends].flatMap(([claimed, end]) => (end.kind === 'done' ? [{ claimed, end }] : []));
  const again = [...ends].flatMap(([claimed, end]) => (end.kind === 'again' ? [{ claimed, end }] : []));
  const customerIds = [...ends.keys()].map(({ customerId }) => customerId);
  await db.transaction().execute(async (trx) => {
    if (!(await renewLease(trx, connectionId, lease, customerIds))) return;
    await endBulkProgress(trx, connectionId, lease.id);
    await countRunOutcomes(
      trx,
      connectionId,
      done.map(({ claimed: { customerId, version }, end: { outcome } }) => ({
        customerId,
        version,
        outcome,
      })),
    );
    await settleCustomers(
      trx,
      connectionId,
      lease.id,
      done.map(({ claimed: { customerId, version }, end: { outcome } }) => ({
        customerId,
        version,
        shown: outcome === 'written' || outcome === 'unchanged',
      })),
    );
    await endEffects(
      trx,
      connectionId,
      done.map(({ claimed: { pushId, customerId }, end }) => ({ pushId, customerId, ...end })),
    );
    await explainPending(
      trx,
      connectionId,
      again.flatMap(({ claimed: { pushId, customerId }, end: { reason } }) =>
        reason === null ? [] : [{ pushId, customerId, reason }],
      ),
    );
    await releaseCustomers(
      trx,
      connectionId,
      lease.id,
      again.map(({ claimed, end }) => ({
        customerId: claimed.customerId,
        nextAttemptAt: end.at,
        countAttempt: end.countAttempt,
      })),
    );
    await saveWritten(
      trx,
      connectionId,
      [...written].map(([accountId, fields]) => ({
        accountId,
        written: { ...accountsBefore.get(accountId), ...fields },
      })),
    );
    await linkAccounts(
      trx,
      connectionId,
      [...links].map(([accountId, customerId]) => ({ accountId, customerId })),
    );
    await forgetAccounts(trx, connectionId, gone);
    await tellBatch(trx, connectionId, result);
  });
}
