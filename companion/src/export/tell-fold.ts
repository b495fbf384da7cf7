import type { Kysely } from 'kysely';
import { recordActivity } from '../store/activity.ts';
import { saveNames } from '../store/customer-names.ts';
import { doubtFailures } from '../store/failures.ts';
import type { CustomerState } from '../store/customers.ts';
import type { StoredPush } from '../store/pushes.ts';
import type { Tables } from '../store/tables.ts';

/** Pushes that are told one by one; of a burst, the rest is only counted. */
const TOLD_ONE_BY_ONE = 20;

/** Records what people see of pushes that were taken in: that they came, and how their customers are called now. */
export async function tellFold(
  trx: Kysely<Tables>,
  connectionId: string,
  pushes: readonly StoredPush[],
  newest: readonly Pick<CustomerState, 'customerId' | 'pushId' | 'customer'>[],
): Promise<void> {
  const named = newest.flatMap(({ customerId, pushId, customer }) =>
    customer === null ? [] : [{ customerId, pushId, name: customer.name ?? '' }],
  );
  await saveNames(trx, connectionId, named);
  await doubtFailures(
    trx,
    connectionId,
    newest.map(({ customerId }) => customerId),
  );
  const told = pushes
    .slice(-TOLD_ONE_BY_ONE)
    .map(({ pushId, type, sentAt }) => ({ id: pushId, type, timestamp: sentAt }));
  const more = pushes.length - told.length;
  await recordActivity(trx, connectionId, 'push', more === 0 ? told : [{ more }, ...told]);
}
