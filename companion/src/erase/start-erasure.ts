import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { recordAudit } from '../store/audit.ts';
import { clearErased, lockConnection, readErasedCustomer } from '../store/clear-erased.ts';
import { rematchOthers } from '../store/customers.ts';
import { addTombstone, isErased } from '../store/erased-customers.ts';
import { insertErasure } from '../store/erasures.ts';
import type { Tables } from '../store/tables.ts';

export type StartedErasure = { id: string } | { refused: 'unknown' | 'erased before' };

/**
 * Begins to erase a customer. From here on nothing new of it is kept, its state is gone, and its Account is being
 * cleared; the rest is the work of {@link workOnErasures}.
 */
export async function startErasure(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
  actor: string,
): Promise<StartedErasure> {
  const id = randomUUID();
  return db.transaction().execute(async (trx) => {
    // Pushes that are being taken in are waited for; whoever takes in the next ones finds the customer erased.
    await lockConnection(trx, connectionId);
    const wasErased = (await isErased(trx, connectionId, [customerId])).size > 0;
    if (wasErased) return { refused: 'erased before' };
    const customer = await readErasedCustomer(trx, connectionId, customerId);
    if (customer === undefined) return { refused: 'unknown' };
    await addTombstone(trx, connectionId, customerId, id);
    await insertErasure(trx, connectionId, { id, customerId, ...customer, by: actor });
    await clearErased(trx, connectionId, customerId, customer);
    if (customer.identifier !== null) {
      await rematchOthers(trx, connectionId, [customer.identifier], [customerId]);
    }
    await recordAudit(trx, { connectionId, actor, action: 'erasure begun', subject: id });
    return { id };
  });
}
