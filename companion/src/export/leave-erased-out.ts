import type { Kysely } from 'kysely';
import { ERASED } from '../erase/erased-reason.ts';
import type { Reason } from '../outcome.ts';
import type { CustomerState } from '../store/customers.ts';
import { saveBody } from '../store/erase-pushes.ts';
import { hasErased, isErased } from '../store/erased-customers.ts';
import type { StoredPush } from '../store/pushes.ts';
import type { Tables } from '../store/tables.ts';
import { listTexts, withoutCustomers } from '../upflow/push-customers.ts';

export interface ReadPushes {
  states: readonly CustomerState[];
  rejected: readonly { pushId: string; reason: Reason }[];
}

/**
 * Leaves out what pushes say of erased customers: their bodies lose it, and they end rejected. Give it the transaction
 * that keeps the states, and hold the connection in it, as whoever erases a customer does.
 */
export async function leaveErasedOut(
  trx: Kysely<Tables>,
  connectionId: string,
  pushes: readonly StoredPush[],
  { states, rejected }: ReadPushes,
): Promise<ReadPushes> {
  if (!(await hasErased(trx, connectionId))) return { states, rejected };
  const bodyOf = new Map(pushes.map(({ pushId, body }) => [pushId, body]));
  const namedIn = new Map(rejected.map(({ pushId }) => [pushId, listTexts(bodyOf.get(pushId) ?? '')]));
  const named = new Set([...states.map(({ customerId }) => customerId), ...[...namedIn.values()].flat()]);
  const erased = await isErased(trx, connectionId, [...named]);
  if (erased.size === 0) return { states, rejected };

  const toldOf = new Set(
    states.flatMap(({ customerId, pushId }) => (erased.has(customerId) ? [pushId] : [])),
  );
  for (const pushId of toldOf) {
    await saveBody(trx, connectionId, pushId, withoutCustomers(bodyOf.get(pushId) ?? '', erased));
  }
  const rejectedAnew = [...namedIn].flatMap(([pushId, texts]) =>
    texts.some((text) => erased.has(text)) ? [pushId] : [],
  );
  for (const pushId of rejectedAnew) await saveBody(trx, connectionId, pushId, null);
  return {
    states: states.filter(({ customerId }) => !erased.has(customerId)),
    rejected: [
      ...rejected.filter(({ pushId }) => !rejectedAnew.includes(pushId)),
      ...[...toldOf, ...rejectedAnew].map((pushId) => ({ pushId, reason: ERASED })),
    ],
  };
}
