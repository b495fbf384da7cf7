import { z } from 'zod';
import { customerShape, type Customer } from './push-schema.ts';

/** What a sweep read of a customer. A key that is absent says nothing; null says that it is blank. */
export type SweptCustomer = Pick<Customer, 'id'> & Partial<Customer>;

const bodySchema = z.object({
  customers: z.array(customerShape),
  /** Ids of customers that Upflow no longer has. */
  deleted: z.array(z.string()),
});

export type SweptBody = z.infer<typeof bodySchema>;

/** Reads what a sweep stored. @throws {z.ZodError} where something else wrote it */
export function readSweptBody(body: string): SweptBody {
  const { data, deleted } = JSON.parse(body) as { data?: { customers?: unknown }; deleted?: unknown };
  return bodySchema.parse({ customers: data?.customers, deleted });
}

/** Its customers are where those of a push are, so that one that is erased is found. */
export function writeSweptBody({ customers, deleted }: SweptBody): string {
  return JSON.stringify({ data: { customers }, deleted });
}

/**
 * Lays what a sweep read over what is known of a customer. What Upflow's API does not show, such as a pause or a saved
 * payment method, stays as it was.
 */
export function layOver(known: Customer | null, swept: SweptCustomer): Customer {
  const { customFields, ...rest } = swept;
  const laid: Customer = { ...known, ...rest };
  if (customFields != null) laid.customFields = nameFields(customFields, known?.customFields ?? []);
  return laid;
}

/** Keeps of a push that is older than the sweep what only pushes say, and the rest from the sweep. */
export function layUnder(pushed: Customer, known: Customer): Customer {
  const swept = Object.fromEntries(SWEPT_KEYS.flatMap((key) => (key in known ? [[key, known[key]]] : [])));
  return { ...pushed, ...swept };
}

/** All that a sweep can say of a customer, but for the portal link, which a push may have made anew. */
const SWEPT_KEYS = [
  'externalId',
  'accountingRef',
  'name',
  'currency',
  'amountOutstanding',
  'amountDue',
  'amountOverdue',
  'countInvoicesDue',
  'countInvoicesOverdue',
  'ageing',
  'averagePaymentDelay',
  'rating',
  'directUrl',
  'oldestOverdueDueDate',
  'lastPaymentAt',
  'nextAction',
  'workflow',
  'customFields',
] as const satisfies (keyof Customer)[];

type Field = NonNullable<Customer['customFields']>[number];

/** The API tells a field's id and value; how it is called may be known from elsewhere. */
function nameFields(listed: readonly Field[], known: readonly Field[]): Field[] {
  return listed.map((field) => ({ ...known.find(({ id }) => id === field.id), ...field }));
}
