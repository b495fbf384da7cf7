import type { Services } from '../services.ts';
import { beginUpflowRead, endUpflowRead, findKnownCustomers, noteUpflowRead } from '../store/upflow-reads.ts';
import { storePushes } from '../store/pushes.ts';
import { UpflowCallError } from '../upflow/call-error.ts';
import { explainUpflowError } from '../upflow/explain-error.ts';
import { makePush } from '../upflow/read-new-customers.ts';
import { upflowClientFor } from './upflow-client.ts';

/** The most that a page of Upflow's API, and a push, holds. */
const CUSTOMERS_PER_PAGE = 500;

/**
 * Enters the customers of Upflow that the companion does not know yet, as stored pushes, so that matching and figures
 * work before the first push. One that a push told of is never touched. Begun again, it goes over all of them again.
 */
export async function readUpflow(
  services: Services,
  connectionId: string,
  signal?: AbortSignal,
): Promise<void> {
  const { directory, database, log, kick } = services;
  const { db } = database;
  const connection = await directory.find(connectionId);
  if (connection?.upflow === undefined) return;
  const client = upflowClientFor(services, connectionId, connection.upflow);
  await beginUpflowRead(db, connectionId);
  try {
    let entered = 0;
    for (let offset = 0, total = 1; offset < total;) {
      const page = await client.listCustomers({ offset, limit: CUSTOMERS_PER_PAGE }, signal);
      if (page.customers.length === 0) break;
      entered += await enter(services, connectionId, page.customers);
      offset += page.customers.length;
      total = page.total;
      await noteUpflowRead(db, connectionId, { read: offset, total });
      kick(connectionId);
    }
    await endUpflowRead(db, connectionId, null);
    log.info({ connectionId, customers: entered }, 'customers read from Upflow');
  } catch (error) {
    if (!(error instanceof UpflowCallError)) throw error;
    const reason = explainUpflowError(error);
    await endUpflowRead(db, connectionId, reason);
    log.warn({ connectionId, code: reason.code }, 'customers could not be read from Upflow');
  }
}

async function enter(
  { database: { db }, log }: Services,
  connectionId: string,
  listed: readonly Record<string, unknown>[],
): Promise<number> {
  const ids = listed.flatMap(({ id }) => (typeof id === 'string' ? id : []));
  const known = await findKnownCustomers(db, connectionId, ids);
  const unknown = listed.filter(({ id }) => typeof id !== 'string' || !known.has(id));
  const { push, unusable } = makePush(unknown);
  if (unusable > 0) log.warn({ connectionId, customers: unusable }, 'customers from Upflow cannot be used');
  if (push === undefined) return 0;
  await storePushes(db, [{ connectionId, ...push }]);
  return unknown.length - unusable;
}
