import type { Kysely } from 'kysely';
import type { Connection } from '../config.ts';
import type { Reason } from '../outcome.ts';
import { readIdentifiers, rematchOthers, saveNewerStates, type CustomerState } from '../store/customers.ts';
import { endEffects, endSuperseded, openEffects } from '../store/effects.ts';
import { markFolded, takeWaitingPushes, type StoredPush } from '../store/pushes.ts';
import type { Tables } from '../store/tables.ts';
import { isKnownPush, readPush } from '../upflow/push-schema.ts';
import { newestStates, readCustomerStates } from './read-customer-states.ts';

/** Pushes that one transaction folds. */
const PUSHES_PER_FOLD = 1000;

/** Stands for the customer in the effect of a push that names none. */
const NO_CUSTOMER = '';

/**
 * Compares stored pushes with the customers' newest states: the newer state stays, whatever the order of
 * arrival, and what it replaces ends as superseded.
 *
 * @returns how many pushes were folded; fewer than 1,000 when none is left
 */
export async function foldPushes(
  db: Kysely<Tables>,
  { id: connectionId, identifier: pair }: Connection,
): Promise<{ folded: number; mayHaveMore: boolean }> {
  const folded = await db.transaction().execute(async (trx) => {
    const pushes = await takeWaitingPushes(trx, connectionId, PUSHES_PER_FOLD);
    if (pushes.length === 0) return 0;

    const states: CustomerState[] = [];
    const rejected: { pushId: string; reason: Reason }[] = [];
    for (const stored of pushes) {
      const push = readStoredPush(stored);
      if ('reason' in push) rejected.push({ pushId: stored.pushId, reason: push.reason });
      else states.push(...readCustomerStates(stored.pushId, push.push, pair));
    }
    const newest = newestStates(states);
    const customerIds = newest.map(({ customerId }) => customerId);

    await openEffects(trx, connectionId, [
      ...states,
      ...rejected.map(({ pushId }) => ({ pushId, customerId: NO_CUSTOMER })),
    ]);
    await endEffects(
      trx,
      connectionId,
      rejected.map(({ pushId, reason }) => ({
        pushId,
        customerId: NO_CUSTOMER,
        outcome: 'rejected',
        accountId: null,
        reason,
      })),
    );
    const left = await readIdentifiers(trx, connectionId, customerIds);
    await saveNewerStates(trx, connectionId, newest);
    const taken = await readIdentifiers(trx, connectionId, customerIds);
    await rematchOthers(trx, connectionId, [...new Set([...left, ...taken])], customerIds);
    await endSuperseded(trx, connectionId, customerIds);
    await markFolded(
      trx,
      connectionId,
      pushes.map(({ pushId }) => pushId),
    );
    return pushes.length;
  });
  return { folded, mayHaveMore: folded === PUSHES_PER_FOLD };
}

function readStoredPush({ type, body }: StoredPush) {
  const { push } = readPush(JSON.parse(body));
  if (push !== undefined && isKnownPush(push)) return { push };
  return {
    reason: {
      code: 'unknown-type',
      message: `The type "${type}" is not one that this version of the companion acts on.`,
      explanation: 'Nothing was changed in Salesforce. The push is kept.',
      action: 'Update the companion if Upflow has added this type.',
    },
  };
}
