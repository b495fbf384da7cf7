import { corporateCurrency, currencyRates } from '../schema/currency-rates.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/** An amount of a record in the corporate currency, which is every simulated user's own. */
export function toCorporate(amount: number, currency: unknown): number {
  const rate = rateOf(currency);
  return rate === null ? amount : amount / rate;
}

/** The currency that a record's amounts are in. */
export function currencyOf(record: StoredRecord): unknown {
  return record.CurrencyIsoCode ?? corporateCurrency;
}

/** What one unit of the corporate currency is worth in a currency, or null where the org does not have it. */
export function rateOf(currency: unknown): number | null {
  return currencyRates.find(({ code }) => code === currency)?.rate ?? null;
}
