import type { Reason } from '../outcome.ts';
import type { AccountDescription } from '../salesforce/describe-account.ts';
import type { FieldValues } from '../salesforce/field-value.ts';
import type { KnownAccount } from '../store/accounts.ts';
import type { Customer } from '../upflow/push-schema.ts';
import { BALANCE_CURRENCY } from './exported-values.ts';
import { fitValue } from './fit-value.ts';
import type { Targets } from './map-values.ts';

/** Longest text that Sync Message holds. */
const SYNC_MESSAGE_LENGTH = 255;

/** The fields to write on one Account; undefined when it already has them. */
export type Changes = FieldValues | undefined;

export type Wanted = { values: FieldValues } | { attention: Reason };

/** What an Account should say about its customer, by API name of the field. */
export function wantCustomer(
  customer: Customer,
  { currency: accountCurrency }: KnownAccount,
  { conversionRates }: AccountDescription,
  { values, sync, blanked }: Targets,
): Wanted {
  const shownIn = conversionRates === undefined ? customer.currency : (accountCurrency ?? customer.currency);
  const rate = conversionRate(customer.currency, shownIn, conversionRates);
  if (rate === undefined) return { attention: unknownCurrency(customer.currency, shownIn) };

  const wanted: FieldValues = {};
  for (const field of blanked) wanted[field.name] = null;
  for (const { value, field } of values) {
    const read = value.value === BALANCE_CURRENCY ? shownIn : value.read(customer);
    const converted = value.type === 'amount' && typeof read === 'number' ? read * rate : (read ?? null);
    wanted[field.name] = fitValue(converted, value.type, field);
  }
  if (sync.status) wanted[sync.status.name] = 'Synced';
  if (sync.message) wanted[sync.message.name] = null;
  return { values: wanted };
}

/** What an Account says once it has no customer any more: nothing. */
export function wantNothing({ values, sync, blanked }: Targets): FieldValues {
  const fields = [...values.map(({ field }) => field), ...Object.values(sync), ...blanked];
  return Object.fromEntries(fields.map(({ name }) => [name, null]));
}

/** Tells the people who look at the Account why its figures may be old. The figures stay. */
export function wantAttention({ explanation, action }: Reason, { sync, blanked }: Targets): FieldValues {
  const message = `${explanation} ${action}`;
  const wanted: FieldValues = Object.fromEntries(blanked.map(({ name }) => [name, null]));
  if (sync.status) wanted[sync.status.name] = 'Needs attention';
  if (sync.message) {
    wanted[sync.message.name] =
      message.length > SYNC_MESSAGE_LENGTH ? `${message.slice(0, SYNC_MESSAGE_LENGTH - 1)}…` : message;
  }
  return wanted;
}

/** Compares what is wanted with what was last written. */
export function planChanges(wanted: FieldValues, written: FieldValues): Changes {
  const changes = Object.entries(wanted).filter(([name, value]) => written[name] !== value);
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

/**
 * Adds the time of this write. An Account that needs no change is still confirmed now and then, so that
 * its figures do not look old; how often is the operator's choice, because each confirmation is a write.
 */
export function stampFreshness(
  changes: Changes,
  written: FieldValues,
  { sync: { lastSynced } }: Targets,
  { now, confirmAfterInMs }: { now: Date; confirmAfterInMs: number },
): Changes {
  if (lastSynced === undefined) return changes;
  const last = written[lastSynced.name];
  const isFresh = typeof last === 'string' && now.getTime() - Date.parse(last) < confirmAfterInMs;
  return changes === undefined && isFresh ? undefined : { ...changes, [lastSynced.name]: now.toISOString() };
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
