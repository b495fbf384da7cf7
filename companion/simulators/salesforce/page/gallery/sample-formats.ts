import { dayIn } from './sample-account.ts';

/** A value that one of the package's formats writes in the reader's way. */
export interface FormatSample {
  title: string;
  /** A function of c/upflowFormat. */
  format: string;
  values: readonly (string | number)[];
}

export const listFormats = (): FormatSample[] => [
  { title: 'Dollars', format: 'formatMoney', values: [148230.5, 'USD'] },
  { title: 'Euros', format: 'formatMoney', values: [148230.5, 'EUR'] },
  { title: 'Yen, without decimals', format: 'formatMoney', values: [14823050, 'JPY'] },
  { title: 'Dinars, with three decimals', format: 'formatMoney', values: [1482.305, 'KWD'] },
  { title: 'A credit', format: 'formatMoney', values: [-1250, 'USD'] },
  { title: 'A share', format: 'formatShare', values: [0.419] },
  { title: 'A very small share', format: 'formatShare', values: [0.0042] },
  { title: 'A tiny share', format: 'formatShare', values: [0.0001] },
  { title: 'A number', format: 'formatNumber', values: [1217.84] },
  { title: 'A day', format: 'formatDay', values: [dayIn(-100)] },
];
