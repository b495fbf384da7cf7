import { kindOf, type SharedIdentifier } from '../connect/connection.ts';
import { toIdentifier } from '../salesforce/identifier-value.ts';
import type { CustomerState } from '../store/customers.ts';
import { pickValue, toText } from '../store/read-values.ts';
import type { Customer, Push } from '../upflow/push-schema.ts';

/** Lists what a push says about each customer in it. */
export function readCustomerStates(
  pushId: string,
  push: Push,
  pair: SharedIdentifier | undefined,
): CustomerState[] {
  const pushSentAt = new Date(push.timestamp);
  const stateOf = (
    id: string,
    updatedAt: string | null | undefined,
    customer: Customer | null,
  ): CustomerState => ({
    customerId: id,
    updatedAt: updatedAt == null ? pushSentAt : new Date(updatedAt),
    pushSentAt,
    pushId,
    customer,
    identifier: customer === null || pair === undefined ? null : readIdentifier(customer, pair),
  });
  switch (push.type) {
    case 'customer.updated':
      return [stateOf(push.data.id, push.data.updatedAt, push.data)];
    case 'customers.updated':
      return push.data.customers.map((customer) => stateOf(customer.id, customer.updatedAt, customer));
    case 'customer.deleted':
      return [stateOf(push.data.id, push.data.updatedAt, null)];
  }
}

/** The newest state of each customer: customer update time, then push time, then push id; later in a push wins. */
export function newestStates(states: readonly CustomerState[]): CustomerState[] {
  const newest = new Map<string, CustomerState>();
  for (const state of states) {
    const known = newest.get(state.customerId);
    if (known === undefined || !isOlder(state, known)) newest.set(state.customerId, state);
  }
  return [...newest.values()];
}

function isOlder(a: CustomerState, b: CustomerState): boolean {
  const difference =
    a.updatedAt.getTime() - b.updatedAt.getTime() || a.pushSentAt.getTime() - b.pushSentAt.getTime();
  return difference === 0 ? a.pushId < b.pushId : difference < 0;
}

/** Upflow's side of the shared identifier, in the form in which it is compared. */
export function readIdentifier(customer: Customer, pair: SharedIdentifier): string | null {
  const value = toText(pickValue(customer, pair.upflow));
  return value === null ? null : toIdentifier(value, kindOf(pair));
}
