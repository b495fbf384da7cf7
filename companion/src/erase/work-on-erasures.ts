import { setTimeout as delay } from 'node:timers/promises';
import { explainWaiting } from '../connect/explain-waiting.ts';
import { foldPushes } from '../export/fold-pushes.ts';
import type { Reason } from '../outcome.ts';
import type { Services } from '../services.ts';
import { recordAudit } from '../store/audit.ts';
import { clearAgain, isReadBefore, readClearing } from '../store/clear-erased.ts';
import { eraseFromPushes, eraseFromRejected, isInWaitingPush } from '../store/erase-pushes.ts';
import { eraseFromTables, eraseLastRows } from '../store/erase-rows.ts';
import {
  addDeleted,
  endErasure,
  findDueErasures,
  lockErasure,
  postponeErasure,
  type OpenErasure,
} from '../store/erasures.ts';

/** For so long the clearing of an Account is waited for; then it is looked at again each minute. */
const PATIENCE_IN_MS = 20_000;
const LONGEST_PAUSE_IN_MS = 1000;
const LOOK_AGAIN_IN_SECONDS = 15;
const LONGEST_WAIT_IN_SECONDS = 3600;

type Parts = Pick<Services, 'database' | 'directory' | 'kick' | 'log'>;

/**
 * Goes on with the erasures of a connection until each has ended or waits for something that time or a person ends.
 * Every step may be cut off and is done again as if it had not begun.
 */
export async function workOnErasures(
  services: Parts,
  connectionId: string,
  signal: AbortSignal,
): Promise<void> {
  const { db } = services.database;
  const deadline = Date.now() + PATIENCE_IN_MS;
  for (let pause = 50; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_IN_MS)) {
    const due = await findDueErasures(db, connectionId);
    let isWaiting = false;
    for (const erasure of due) {
      signal.throwIfAborted();
      const waitsFor = await goOn(services, connectionId, erasure, signal);
      if (waitsFor === undefined) continue;
      isWaiting = true;
      if (waitsFor.isRefusal || Date.now() > deadline) {
        const seconds = waitsFor.isRefusal
          ? Math.min(LONGEST_WAIT_IN_SECONDS, LOOK_AGAIN_IN_SECONDS * 2 ** erasure.attempts)
          : LOOK_AGAIN_IN_SECONDS;
        await postponeErasure(db, connectionId, erasure.id, { ...waitsFor, seconds });
      } else if (waitsFor.isWorthTelling) {
        await postponeErasure(db, connectionId, erasure.id, { ...waitsFor, seconds: 0 });
      }
    }
    if (!isWaiting || Date.now() > deadline) return;
    await delay(pause, undefined, { signal });
  }
}

interface WaitsFor {
  reason: Reason;
  isRefusal: boolean;
  /** It is not over in a moment. */
  isWorthTelling: boolean;
}

/** @returns what the erasure waits for; undefined once it has ended */
async function goOn(
  services: Parts,
  connectionId: string,
  erasure: OpenErasure,
  signal: AbortSignal,
): Promise<WaitsFor | undefined> {
  const { db } = services.database;
  const { customerId } = erasure;
  const clearing = await readClearing(db, connectionId, customerId);
  if (clearing.accountIds.length > 0 && !clearing.isUnderWay && !clearing.isLeased) {
    await clearAgain(db, connectionId, customerId);
    services.kick(connectionId);
    return { reason: refused(clearing.refusal), isRefusal: true, isWorthTelling: true };
  }
  if (await deleteRows(services, connectionId, erasure, signal)) return undefined;
  services.kick(connectionId);
  const waiting = await explainWaiting(db, connectionId);
  return waiting === undefined
    ? { reason: BEING_CLEARED, isRefusal: false, isWorthTelling: false }
    : { reason: unreachable(waiting.reason), isRefusal: false, isWorthTelling: true };
}

/** Deletes all that may be deleted now. @returns whether that was all, and the erasure has ended */
async function deleteRows(
  { database: { db }, directory, log }: Parts,
  connectionId: string,
  { id, customerId }: OpenErasure,
  signal: AbortSignal,
): Promise<boolean> {
  // Pushes that came before are taken in first: then none holds the customer any more.
  const connection = await directory.find(connectionId);
  while (connection !== undefined && (await foldPushes(db, connection)) > 0) signal.throwIfAborted();
  for (;;) {
    signal.throwIfAborted();
    const isLeft = await db.transaction().execute(async (trx) => {
      if ((await lockErasure(trx, connectionId, id)) === undefined) return false;
      const deleted = await eraseFromPushes(trx, connectionId, customerId);
      if (deleted !== undefined) await addDeleted(trx, connectionId, id, deleted);
      return deleted !== undefined;
    });
    if (!isLeft) break;
  }
  const isDone = await db.transaction().execute(async (trx) => {
    const erasure = await lockErasure(trx, connectionId, id);
    if (erasure === undefined) return true;
    const named = { connectionId, ...erasure };
    // First, so that nobody can write it from here on.
    const clearing = await readClearing(trx, connectionId, customerId, { hold: true });
    await addDeleted(trx, connectionId, id, await eraseFromTables(trx, named));
    await addDeleted(trx, connectionId, id, { push: await eraseFromRejected(trx, connectionId, customerId) });
    if (clearing.accountIds.length > 0 || clearing.isLeased) return false;
    if (await isInWaitingPush(trx, connectionId, customerId)) return false;
    if (await isReadBefore(trx, connectionId, erasure.requestedAt)) return false;
    await addDeleted(trx, connectionId, id, await eraseLastRows(trx, named));
    const details = await endErasure(trx, connectionId, id);
    await recordAudit(trx, {
      connectionId,
      actor: 'companion',
      action: 'erasure done',
      subject: id,
      details,
    });
    return true;
  });
  if (isDone) log.info({ connectionId, erasureId: id }, 'customer erased');
  return isDone;
}

const BEING_CLEARED: Reason = {
  code: 'being-cleared',
  message: 'The Account is being cleared.',
  explanation: 'What we keep of the customer is deleted but for what clears its Account.',
  action: 'Wait a moment.',
};

function unreachable({ code, message, action }: Reason): Reason {
  return {
    code,
    message,
    explanation:
      'The fields on the Account cannot be cleared now. All else is deleted, and the Account follows by itself.',
    action,
  };
}

function refused(refusal: Reason | null): Reason {
  return {
    code: refusal?.code ?? 'not-cleared',
    message: refusal?.message ?? 'Salesforce did not clear the Account.',
    explanation: 'Salesforce refused to clear the fields on the Account. It is tried again by itself.',
    action: refusal?.action ?? 'See whether something in Salesforce forbids to edit the Account.',
  };
}
