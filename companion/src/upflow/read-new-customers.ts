import { createHash } from 'node:crypto';
import { customerSchema, type Customer } from './push-schema.ts';

/** A push that says what Upflow's API said, to be stored like one that came. */
export interface MadePush {
  pushId: string;
  type: 'customers.updated';
  sentAt: Date;
  body: string;
}

/** The time of everything that is read: before any push that can come, so that each of them is newer. */
const BEFORE_ALL_PUSHES = '1970-01-02T00:00:00.000Z';

/**
 * Makes a push of customers as the API lists them. Its figures hold until the first real push of each customer: the
 * time that they carry is older than any push's.
 *
 * @returns undefined where none of them can be used, and how many cannot
 */
export function makePush(listed: readonly Record<string, unknown>[]): {
  push: MadePush | undefined;
  unusable: number;
} {
  const customers = listed.flatMap((one) => readCustomer(one) ?? []);
  const unusable = listed.length - customers.length;
  if (customers.length === 0) return { push: undefined, unusable };
  const body = JSON.stringify({
    type: 'customers.updated',
    timestamp: BEFORE_ALL_PUSHES,
    data: { customers },
  });
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 32);
  return {
    push: {
      pushId: `upflow-read-${hash}`,
      type: 'customers.updated',
      sentAt: new Date(BEFORE_ALL_PUSHES),
      body,
    },
    unusable,
  };
}

/** A listed customer in the shape of a push; what the API calls otherwise is renamed. */
function readCustomer(listed: Record<string, unknown>): Customer | undefined {
  const { balance, ...rest } = listed;
  const described = {
    ...rest,
    ...(typeof balance === 'number' && rest.amountOutstanding == null ? { amountOutstanding: balance } : {}),
    updatedAt: BEFORE_ALL_PUSHES,
  };
  const customer = customerSchema.safeParse(described);
  if (customer.success) return customer.data;
  // A figure that cannot be read must not keep the customer from being matched.
  const { id, externalId, accountingRef, name, customFields, updatedAt } = described as Record<
    string,
    unknown
  >;
  return customerSchema.safeParse({ id, externalId, accountingRef, name, customFields, updatedAt }).data;
}
