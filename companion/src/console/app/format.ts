import type { Reason } from './api/shapes.ts';

const LOCALE = 'en-US';
const WHOLE = new Intl.NumberFormat(LOCALE);
const PERCENT = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 1 });
const MOMENT = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' });
const AGO = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

export const formatNumber = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : WHOLE.format(value);

/** A share, 0 to 1. */
export const formatShare = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : PERCENT.format(value);

export const formatMoment = (iso: string | null | undefined): string =>
  iso ? MOMENT.format(new Date(iso)) : '–';

/** “3 minutes ago”, “in 2 hours”. */
export function formatAgo(iso: string | null | undefined, now = Date.now()): string {
  if (!iso) return 'never';
  const seconds = (Date.parse(iso) - now) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return AGO.format(Math.round(seconds / size), unit);
  }
  return seconds > 5 ? 'in a moment' : 'just now';
}

export function formatSeconds(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 90) return `${WHOLE.format(Math.round(seconds))} s`;
  if (seconds < 5400) return `${WHOLE.format(Math.round(seconds / 60))} min`;
  return `${WHOLE.format(Math.round(seconds / 3600))} h`;
}

export function formatBytes(bytes: number | null): string {
  if (bytes === null) return '–';
  if (bytes < 1_000_000) return `${WHOLE.format(Math.ceil(bytes / 1000))} kB`;
  return `${WHOLE.format(Math.round(bytes / 1_000_000))} MB`;
}

/** “1 customer”, “2 customers”. */
export const count = (amount: number, one: string, many = `${one}s`): string =>
  `${WHOLE.format(amount)} ${amount === 1 ? one : many}`;

/** A name of the API's as words: `needsAttention` and `needs-attention` both become “Needs attention”. */
export function toWords(name: string | null | undefined): string {
  const words = (name ?? '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_.]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Reasons come as sentences or in three parts. */
export const toSentence = (reason: string | Reason | null | undefined): string =>
  typeof reason === 'string' ? reason : (reason?.message ?? '');

/** A field's value as it is shown to a person. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'blank';
  if (typeof value === 'number') return WHOLE.format(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
