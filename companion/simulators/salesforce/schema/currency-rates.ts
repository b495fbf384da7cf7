/** The org's currencies and what one unit of the corporate currency (USD) is worth in each. */
export const currencyRates: readonly { code: string; rate: number; decimals: number }[] = [
  { code: 'USD', rate: 1, decimals: 2 },
  { code: 'EUR', rate: 0.92, decimals: 2 },
  { code: 'GBP', rate: 0.79, decimals: 2 },
  { code: 'CAD', rate: 1.37, decimals: 2 },
  { code: 'JPY', rate: 151, decimals: 0 },
];

export const corporateCurrency = 'USD';
export const currencyCodes: readonly string[] = currencyRates.map((currency) => currency.code);
