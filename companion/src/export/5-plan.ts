import type { Reason } from '../outcome.ts';
import { findField, type AccountDescription, type AccountField } from '../salesforce/describe-account.ts';
import type { FieldValue, FieldValues } from '../salesforce/field-value.ts';
import type { KnownAccount } from '../store/accounts.ts';
import type { Customer } from '../upflow/push-schema.ts';
import { EXPORTED_VALUES } from './exported-values.ts';

/** Longest text that Sync Message holds. */
const SYNC_MESSAGE_LENGTH = 255;

/** The fields to write on one Account; undefined when it already has them. */
export type Changes = FieldValues | undefined;

export type Wanted = { values: FieldValues } | { attention: Reason };

/** What an Account should say about its customer, by our field names without the namespace. */
export function wantCustomer(
  customerId: string,
  customer: Customer,
  { currency: accountCurrency }: KnownAccount,
  { conversionRates }: AccountDescription,
): Wanted {
  const shownIn = conversionRates === undefined ? customer.currency : (accountCurrency ?? customer.currency);
  const rate = conversionRate(customer.currency, shownIn, conversionRates);
  if (rate === undefined) return { attention: unknownCurrency(customer.currency, shownIn) };

  const values: FieldValues = {};
  for (const { field, isAmount, read } of EXPORTED_VALUES) {
    const value = read(customer) ?? null;
    values[field] = isAmount && typeof value === 'number' ? value * rate : value;
  }
  return {
    values: {
      ...values,
      Balance_Currency__c: shownIn ?? null,
      Customer_Id__c: customerId,
      Sync_Status__c: 'Synced',
      Sync_Message__c: null,
    },
  };
}

/** What an Account says once it has no customer any more: nothing. */
export function wantNothing(): FieldValues {
  const fields = EXPORTED_VALUES.map(({ field }) => field);
  const own = [
    'Balance_Currency__c',
    'Customer_Id__c',
    'Last_Synced__c',
    'Sync_Status__c',
    'Sync_Message__c',
  ];
  return Object.fromEntries([...fields, ...own].map((field) => [field, null]));
}

/** Tells the people who look at the Account why its figures may be old. The figures stay. */
export function wantAttention({ explanation, action }: Reason): FieldValues {
  const message = `${explanation} ${action}`;
  return {
    Sync_Status__c: 'Needs attention',
    Sync_Message__c:
      message.length > SYNC_MESSAGE_LENGTH ? `${message.slice(0, SYNC_MESSAGE_LENGTH - 1)}…` : message,
  };
}

/**
 * Compares what is wanted with what was last written. Fields that our user cannot write are left out.
 *
 * @returns values by API name, namespace included, ready to send
 */
export function planChanges(
  wanted: FieldValues,
  written: FieldValues,
  description: AccountDescription,
): Changes {
  const changes: FieldValues = {};
  for (const [name, value] of Object.entries(wanted)) {
    const field = findField(description, name);
    if (!field?.updateable) continue;
    const sent = fit(value, field);
    if (written[field.name] !== sent) changes[field.name] = sent;
  }
  return Object.keys(changes).length === 0 ? undefined : changes;
}

/**
 * Adds the time of this write. An Account that needs no change is still confirmed now and then, so that
 * its figures do not look old; how often is the operator's choice, because each confirmation is a write.
 */
export function stampFreshness(
  changes: Changes,
  written: FieldValues,
  description: AccountDescription,
  { now, confirmAfterInMs }: { now: Date; confirmAfterInMs: number },
): Changes {
  const field = findField(description, 'Last_Synced__c');
  if (field?.updateable !== true) return changes;
  const last = written[field.name];
  const isFresh = typeof last === 'string' && now.getTime() - Date.parse(last) < confirmAfterInMs;
  return changes === undefined && isFresh ? undefined : { ...changes, [field.name]: now.toISOString() };
}

/** Rounds to the decimals that the field keeps, so that what we remember is what Salesforce stores. */
function fit(value: FieldValue, { scale }: AccountField): FieldValue {
  return typeof value === 'number' ? Number(value.toFixed(scale)) : value;
}

function conversionRate(
  from: string | null | undefined,
  to: string | null | undefined,
  rates: ReadonlyMap<string, number> | undefined,
): number | undefined {
  if (from == null || from === to || rates === undefined) return 1;
  const fromRate = rates.get(from);
  const toRate = to == null ? undefined : rates.get(to);
  return fromRate === undefined || toRate === undefined ? undefined : toRate / fromRate;
}

function unknownCurrency(from: string | null | undefined, to: string | null | undefined): Reason {
  return {
    code: 'unknown-currency',
    message: `The org has no active conversion rate from ${from ?? 'none'} to ${to ?? 'none'}.`,
    explanation: 'The amounts from Upflow cannot be converted to the currency of the Account.',
    action: 'Activate the currency in Salesforce with its conversion rate, then retry.',
  };
}
