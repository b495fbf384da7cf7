import currencyCodes from 'currency-codes';
import { z } from 'zod';

// PostgreSQL text cannot hold NUL, and no name or identifier needs one.
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0'), 'must not contain a NUL character')
    .refine((value) => value.isWellFormed(), 'must not contain half of a surrogate pair');
const optionalText = (max: number) => text(max).nullish();
// The last year in which Salesforce knows dates is 4000; it refuses a whole call for a date it cannot read.
const END_OF_TIME = Date.parse('4000-01-01T00:00:00Z');
const instant = z.iso
  .datetime({ offset: true, message: 'must be an ISO 8601 date and time such as 2026-11-22T10:15:30Z' })
  .refine((value) => !(Date.parse(value) < 0), 'must not be before 1970')
  .refine((value) => !(Date.parse(value) >= END_OF_TIME), 'must be before the year 4000');
const day = z.union(
  [
    z.iso
      .date()
      .refine((value) => value >= '1900', 'must not be before 1900')
      .refine((value) => value < '4000', 'must be before the year 4000'),
    instant,
  ],
  'must be an ISO 8601 date such as 2026-11-25',
);
const minorUnits = z.int('must be an integer in the minor unit of the currency, such as cents').nullish();
const count = z.int().min(0).nullish();
const link = z
  .url({ protocol: /^https$/, message: 'must be an https address' })
  .max(2000)
  .nullish();

// PGlite gives a text back without a byte order mark at its start, and then nothing has that id.
const customerId = text(36)
  .min(1)
  .refine((id) => !id.startsWith('\ufeff'), 'must not begin with a byte order mark');

/** The shape of a customer, whether or not its amounts can be read. */
export const customerShape = z.looseObject({
  id: customerId,
  externalId: optionalText(255),
  accountingRef: optionalText(255),
  name: optionalText(1000),
  currency: z
    .string()
    .refine((code) => currencyCodes.code(code) !== undefined, 'must be an ISO 4217 code such as USD')
    .nullish(),
  amountOutstanding: minorUnits,
  amountDue: minorUnits,
  amountOverdue: minorUnits,
  countInvoicesDue: count,
  countInvoicesOverdue: count,
  ageing: z
    .looseObject({
      days1To30: minorUnits,
      days31To60: minorUnits,
      days61To90: minorUnits,
      over90: minorUnits,
    })
    .nullish(),
  averagePaymentDelay: z.number().nullish(),
  rating: optionalText(255),
  collectionStatus: optionalText(255),
  pausedUntil: day.nullish(),
  portal: z.looseObject({ url: link, expiresAt: instant.nullish() }).nullish(),
  directUrl: link,
  savedPaymentMethod: z
    .looseObject({ type: optionalText(255), lastPaymentStatus: optionalText(255) })
    .nullish(),
  oldestOverdueDueDate: day.nullish(),
  lastPaymentAt: day.nullish(),
  nextAction: z.looseObject({ name: optionalText(1000), dueDate: day.nullish() }).nullish(),
  workflow: z.looseObject({ id: optionalText(255), name: optionalText(1000) }).nullish(),
  customFields: z
    .array(
      z.looseObject({ id: text(255), name: optionalText(255), type: optionalText(40), value: z.unknown() }),
    )
    .nullish(),
  updatedAt: instant.nullish(),
});

/**
 * A customer as Upflow describes it. Money is in the minor unit of `currency`; a missing or null value
 * is blank in Salesforce; keys that are not listed are kept and ignored.
 */
export const customerSchema = customerShape.refine(
  (customer) => !hasAmount(customer) || customer.currency != null,
  {
    path: ['currency'],
    message: 'is needed to read the amounts: give the ISO 4217 code of their currency',
  },
);
export type Customer = z.infer<typeof customerSchema>;

const deletedCustomerSchema = customerShape.pick({ id: true, updatedAt: true }).loose();

const updated = z.looseObject({
  type: z.literal('customer.updated'),
  timestamp: instant,
  data: customerSchema,
});
const manyUpdated = z.looseObject({
  type: z.literal('customers.updated'),
  timestamp: instant,
  data: z.looseObject({ customers: z.array(customerSchema).min(1).max(500) }),
});
const deleted = z.looseObject({
  type: z.literal('customer.deleted'),
  timestamp: instant,
  data: deletedCustomerSchema,
});
const KNOWN_TYPES = {
  'customer.updated': updated,
  'customers.updated': manyUpdated,
  'customer.deleted': deleted,
};

const unknown = z.looseObject({ type: text(255).min(1), timestamp: instant });

/** The pushes this companion acts on, for the API description. */
export const pushSchema = z.discriminatedUnion('type', [updated, manyUpdated, deleted]);
export type Push = z.infer<typeof pushSchema>;

/** A push of a type that this version does not know: stored, and reported as rejected. */
export type UnknownPush = z.infer<typeof unknown>;

/** Problems that one answer lists; a push of 500 customers can have thousands. */
const MAX_PROBLEMS = 20;

export interface SchemaProblem {
  /** Path of the value, as in `data.ageing.over90`. */
  field: string;
  problem: string;
}

/** Checks a parsed body against the schema of its type. @returns the push, or its first problems */
export function readPush(
  body: unknown,
): { push: Push | UnknownPush; problems?: never } | { push?: never; problems: SchemaProblem[] } {
  const type = (body as { type?: unknown } | null)?.type;
  const schema = isKnownType(type) ? KNOWN_TYPES[type] : unknown;
  const result = schema.safeParse(body);
  if (result.success) return { push: result.data };
  return {
    problems: result.error.issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => ({
      field: path.length === 0 ? '(body)' : path.join('.'),
      problem: message,
    })),
  };
}

/** Whether a push is of a type that this version acts on. */
export function isKnownPush(push: Push | UnknownPush): push is Push {
  return isKnownType(push.type);
}

function isKnownType(type: unknown): type is keyof typeof KNOWN_TYPES {
  return typeof type === 'string' && Object.hasOwn(KNOWN_TYPES, type);
}

function hasAmount(customer: z.infer<typeof customerShape>): boolean {
  const { amountOutstanding, amountDue, amountOverdue, ageing } = customer;
  const { days1To30, days31To60, days61To90, over90 } = ageing ?? {};
  return [amountOutstanding, amountDue, amountOverdue, days1To30, days31To60, days61To90, over90].some(
    (amount) => amount != null,
  );
}
