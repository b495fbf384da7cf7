import type { Kysely } from 'kysely';
import pg from 'pg';
import type { Connection } from '../connect/connection.ts';
import type { Reason } from '../outcome.ts';
import { lockExporting } from '../store/connections.ts';
import { readIdentifiers, rematchOthers, saveNewerStates, type CustomerState } from '../store/customers.ts';
import { endEffects, endSuperseded, openEffects } from '../store/effects.ts';
import { markFolded, takeWaitingPushes, type StoredPush } from '../store/pushes.ts';
import { readPairInForce } from '../store/pair-in-force.ts';
import type { SweptState } from '../store/swept-states.ts';
import type { Tables } from '../store/tables.ts';
import { isKnownPush, readPush, type Push } from '../upflow/push-schema.ts';
import { ERASED } from '../erase/erased-reason.ts';
import { completePushed, foldSweep, readSwept, type SweptEntry } from './fold-sweep.ts';
import { leaveErasedOut } from './leave-erased-out.ts';
import { newestStates, readCustomerStates } from './read-customer-states.ts';
import { tellFold } from './tell-fold.ts';

/** Pushes that one transaction folds. */
const PUSHES_PER_FOLD = 1000;

/** SQLSTATE classes of what a row's own values cause: no retry and no other moment makes them fit. */
const UNSTORABLE_CLASSES = new Set(['21', '22', '54']);

/** Stands for the customer in the effect of a push that names none. */
const NO_CUSTOMER = '';

/**
 * Compares stored pushes with the customers' newest states: the newer state stays, whatever the order of
 * arrival, and what it replaces ends as superseded.
 *
 * @returns how many pushes were folded; 0 when none is left
 */
export async function foldPushes(db: Kysely<Tables>, connection: Connection): Promise<number> {
  try {
    return await foldTogether(db, connection, PUSHES_PER_FOLD, readStoredPush);
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    return foldOldest(db, connection);
  }
}

/** Folds the oldest push alone; should it be the one that cannot be stored, it ends rejected and holds up nobody. */
async function foldOldest(db: Kysely<Tables>, connection: Connection): Promise<number> {
  try {
    return await foldTogether(db, connection, 1, readStoredPush);
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    return foldTogether(db, connection, 1, () => ({ reason: UNSTORABLE }));
  }
}

async function foldTogether(
  db: Kysely<Tables>,
  { id: connectionId }: Connection,
  limit: number,
  understand: (stored: StoredPush) => { push: Push } | { reason: Reason },
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const pushes = await takeWaitingPushes(trx, connectionId, limit);
    if (pushes.length === 0) return 0;
    // Held until the states are kept: whoever changes the pair recomputes all that came before.
    const pair = (await readPairInForce(trx, connectionId, { hold: true }))?.pair;
    const isExporting = await lockExporting(trx, connectionId);

    const told: { states: CustomerState[]; rejected: { pushId: string; reason: Reason }[] } = {
      states: [],
      rejected: [],
    };
    const sweeps: SweptEntry[] = [];
    for (const stored of pushes) {
      if (stored.swept) {
        sweeps.push(await readSwept(trx, connectionId, stored));
        continue;
      }
      const push = understand(stored);
      if ('reason' in push) told.rejected.push({ pushId: stored.pushId, reason: push.reason });
      else told.states.push(...readCustomerStates(stored.pushId, push.push, pair));
    }
    for (const { pushId, keys } of sweeps)
      if (keys.length === 0) told.rejected.push({ pushId, reason: ERASED });
    const { states, rejected } = await leaveErasedOut(trx, connectionId, pushes, told);
    const newest = await completePushed(trx, connectionId, newestStates(states));
    const read = sweeps.flatMap(({ keys }) => keys);
    const customerIds = [...new Set([...newest, ...read].map(({ customerId }) => customerId))];

    await openEffects(trx, connectionId, [
      ...states,
      ...read,
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
    await saveNewerStates(trx, connectionId, newest, isExporting);
    const laid: SweptState[] = [];
    for (const sweep of sweeps) laid.push(...(await foldSweep(trx, connectionId, sweep, pair, isExporting)));
    const taken = await readIdentifiers(trx, connectionId, customerIds);
    if (isExporting) await rematchOthers(trx, connectionId, [...new Set([...left, ...taken])], customerIds);
    await endSuperseded(trx, connectionId, customerIds);
    await markFolded(
      trx,
      connectionId,
      pushes.map(({ pushId }) => pushId),
    );
    await tellFold(trx, connectionId, pushes, [...newest, ...laid]);
    return pushes.length;
  });
}

function isUnstorable(error: unknown): boolean {
  // A RangeError is the stack that a deeply nested value exceeds.
  if (error instanceof RangeError) return true;
  return error instanceof pg.DatabaseError && UNSTORABLE_CLASSES.has(error.code?.slice(0, 2) ?? '');
}

const UNSTORABLE: Reason = {
  code: 'unstorable',
  message: 'The push holds a value that the database cannot keep.',
  explanation: 'Nothing was changed in Salesforce. The push is kept.',
  action: 'Look for very deep nesting or broken characters in the push, then send it anew under another id.',
};

function readStoredPush({ type, body }: StoredPush): { push: Push } | { reason: Reason } {
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
