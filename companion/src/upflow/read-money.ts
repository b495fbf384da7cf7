import currencyCodes from 'currency-codes';

/** Digits of the minor unit by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD; 2 where the currency is not known. */
export function minorUnitDigits(currency: string | null | undefined): number {
  return (currency == null ? undefined : currencyCodes.code(currency)?.digits) ?? 2;
}

/** An amount in the currency's own unit, from Upflow's whole numbers of its minor unit. */
export function toMajorUnits(minor: number, currency: string | null | undefined): number {
  return minor / 10 ** minorUnitDigits(currency);
}
