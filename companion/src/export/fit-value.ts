import type { AccountField } from '../salesforce/describe-account.ts';
import type { FieldValue } from '../salesforce/field-value.ts';
import type { ValueType } from './exported-values.ts';

/**
 * The form in which a field takes a value: numbers rounded to its decimals, so that what we remember is what
 * Salesforce stores; markup escaped and links made links where the field is rich text.
 */
export function fitValue(value: FieldValue, type: ValueType, field: AccountField): FieldValue {
  if (typeof value === 'number') return roundHalfUp(value, field.scale);
  if (typeof value !== 'string' || !field.htmlFormatted) return value;
  const text = escapeHtml(value);
  const isLink = (type === 'link' || type === 'long link') && value.startsWith('https://');
  return isLink ? `<a href="${text}" target="_blank">${text}</a>` : text.replaceAll('\n', '<br>');
}

/** Why a field refuses a value that fits its type; undefined where it takes it. Salesforce has the last word. */
export function findMisfit(value: FieldValue, { label, length, precision, scale, ...field }: AccountField) {
  if (typeof value === 'string' && length > 0 && value.length > length) {
    return `${label} holds ${length} characters, and this text has ${value.length}.`;
  }
  if (typeof value === 'string' && field.allowedValues?.includes(value) === false) {
    return `The restricted picklist ${label} does not allow this value.`;
  }
  const whole = precision - scale;
  if (typeof value === 'number' && precision > 0 && Math.abs(value) >= 10 ** whole) {
    return `${label} holds ${whole} digits before the point, and this number has more.`;
  }
  return undefined;
}

/** Halves go away from zero, as Salesforce rounds; decimal, because 6214.025 is a little less than it looks. */
function roundHalfUp(value: number, scale: number): number {
  const shifted = Number(`${Math.abs(value)}e${scale}`);
  // Too large to have decimals, or written with an exponent already.
  if (!Number.isSafeInteger(Math.round(shifted))) return Number(value.toFixed(scale));
  return Math.sign(value) * Number(`${Math.round(shifted)}e-${scale}`) + 0;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
