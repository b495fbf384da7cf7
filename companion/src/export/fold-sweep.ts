import type { Kysely } from 'kysely';
import type { SharedIdentifier } from '../connect/connection.ts';
import type { CustomerState } from '../store/customers.ts';
import { saveBody } from '../store/erase-pushes.ts';
import { isErased } from '../store/erased-customers.ts';
import type { StoredPush } from '../store/pushes.ts';
import { readKnownStates, saveSweptStates, type KnownState, type SweptState } from '../store/swept-states.ts';
import type { Tables } from '../store/tables.ts';
import { layOver, layUnder, readSweptBody, type SweptBody } from '../upflow/swept-customers.ts';
import { readIdentifier } from './read-customer-states.ts';

/** What a sweep stored, but for customers that were erased meanwhile. */
export interface SweptEntry {
  pushId: string;
  /** What it says held at this moment. */
  readAt: Date;
  content: SweptBody;
  /** By which its effects are known, one a customer. */
  keys: { pushId: string; customerId: string }[];
}

/** Reads what a sweep stored, but for customers that were erased. */
export async function readSwept(
  trx: Kysely<Tables>,
  connectionId: string,
  { pushId, sentAt: readAt, body }: StoredPush,
): Promise<SweptEntry> {
  const told = readSweptBody(body);
  const erased = await isErased(trx, connectionId, listIds(told));
  const content = {
    customers: told.customers.filter(({ id }) => !erased.has(id)),
    deleted: told.deleted.filter((id) => !erased.has(id)),
  };
  const ids = listIds(content);
  return { pushId, readAt, content, keys: ids.map((customerId) => ({ pushId, customerId })) };
}

/**
 * Lays what a sweep read over what is known. A customer of which a push told later than the sweep read stays as the push
 * has it, and so does one that a later sweep told of. The states hold all that the sweep said, so its body is dropped.
 *
 * @returns the states that were kept
 */
export async function foldSweep(
  trx: Kysely<Tables>,
  connectionId: string,
  { pushId, readAt, content: { customers, deleted }, keys }: SweptEntry,
  pair: SharedIdentifier | undefined,
  isExporting: boolean,
): Promise<SweptState[]> {
  const ids = keys.map(({ customerId }) => customerId);
  const known = await readKnownStates(trx, connectionId, ids, { hold: true });
  const isNews = (id: string) => !isToldLater(known.get(id), readAt);
  const states: SweptState[] = [
    ...customers
      .filter(({ id }) => isNews(id))
      .map((swept) => {
        const customer = layOver(known.get(swept.id)?.state ?? null, swept);
        const identifier = pair === undefined ? null : readIdentifier(customer, pair);
        return { customerId: swept.id, pushId, customer, identifier };
      }),
    ...deleted
      .filter((id) => known.has(id) && isNews(id))
      .map((customerId) => ({ customerId, pushId, customer: null, identifier: null })),
  ];
  await saveSweptStates(trx, connectionId, readAt, states, isExporting);
  await saveBody(trx, connectionId, pushId, null);
  return states;
}

/** Who a sweep or a portal link of ours told of: pushes are completed by that. */
export async function completePushed(
  trx: Kysely<Tables>,
  connectionId: string,
  states: readonly CustomerState[],
): Promise<CustomerState[]> {
  const ids = states.map(({ customerId }) => customerId);
  const known = await readKnownStates(trx, connectionId, ids, { hold: true, onlySwept: true });
  return states.map((state) => {
    const found = known.get(state.customerId);
    if (state.customer === null || found === undefined) return state;
    const isOlder = found.sweptAt !== null && state.updatedAt < found.sweptAt;
    // The sweep found later that Upflow no longer has the customer.
    if (isOlder && found.state === null) return { ...state, customer: null, identifier: null };
    const customer = isOlder && found.state !== null ? layUnder(state.customer, found.state) : state.customer;
    // A push that tells no link leaves the one that was made for the customer.
    return { ...state, customer: { ...customer, portal: customer.portal ?? found.portal } };
  });
}

function isToldLater(known: KnownState | undefined, readAt: Date): boolean {
  if (known === undefined) return false;
  return known.updatedAt > readAt || (known.sweptAt !== null && known.sweptAt > readAt);
}

function listIds({ customers, deleted }: SweptBody): string[] {
  return [...customers.map(({ id }) => id), ...deleted];
}
