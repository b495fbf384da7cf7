import currencyCodes from 'currency-codes';

/** What one unit of a currency is worth, in whatever all of them are compared with; one that is missing is worth 1. */
export type ExchangeRates = Readonly<Record<string, number>>;

/** Minor units of one currency in minor units of another. */
export function convertMoney(amount: number, from: string, to: string, rates: ExchangeRates): number {
  if (from === to) return amount;
  const rate = (rates[from] ?? 1) / (rates[to] ?? 1);
  return Math.round(amount * rate * 10 ** (digitsOf(to) - digitsOf(from)));
}

function digitsOf(currency: string): number {
  return currencyCodes.code(currency)?.digits ?? 2;
}
