import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import { isErased } from '../store/erased-customers.ts';
import { storeSwept } from '../store/pushes.ts';
import { readKnownStates, type KnownState } from '../store/swept-states.ts';
import type { Tables } from '../store/tables.ts';
import { layOver, writeSweptBody, type SweptBody, type SweptCustomer } from '../upflow/swept-customers.ts';

/** The most customers that one entry tells of, as a push. */
const CUSTOMERS_PER_ENTRY = 500;

/**
 * Enters what a sweep read the way of a push, but for customers of which it says nothing new.
 *
 * @param readAt it held at this moment: whatever a push told later stays
 * @returns how many customers were entered
 */
export async function enterSwept(
  db: Kysely<Tables>,
  connectionId: string,
  readAt: Date,
  swept: readonly SweptCustomer[],
): Promise<number> {
  const ids = swept.map(({ id }) => id);
  const known = await readKnownStates(db, connectionId, ids);
  const erased = await isErased(db, connectionId, ids);
  const news = swept.filter(
    (customer) => !erased.has(customer.id) && isNews(customer, known.get(customer.id), readAt),
  );
  for (let start = 0; start < news.length; start += CUSTOMERS_PER_ENTRY) {
    const customers = news.slice(start, start + CUSTOMERS_PER_ENTRY);
    await enter(db, connectionId, readAt, { customers, deleted: [] });
  }
  return news.length;
}

/** Enters that Upflow no longer has these customers. */
export async function enterDeleted(
  db: Kysely<Tables>,
  connectionId: string,
  readAt: Date,
  deleted: string[],
): Promise<void> {
  if (deleted.length > 0) await enter(db, connectionId, readAt, { customers: [], deleted });
}

async function enter(
  db: Kysely<Tables>,
  connectionId: string,
  readAt: Date,
  content: SweptBody,
): Promise<void> {
  const body = writeSweptBody(content);
  // The same reading entered twice, as after a process was killed, is one.
  const hash = createHash('sha256').update(`${readAt.toISOString()} ${body}`).digest('hex').slice(0, 32);
  await storeSwept(db, connectionId, { pushId: `sweep-${hash}`, readAt, body });
}

function isNews(swept: SweptCustomer, known: KnownState | undefined, readAt: Date): boolean {
  if (known === undefined) return true;
  if (known.updatedAt > readAt) return false;
  return known.state === null || !isDeepStrictEqual(layOver(known.state, swept), known.state);
}
