import type { AccountField } from '../salesforce/describe-account.ts';
import type { FieldValue } from '../salesforce/field-value.ts';
import type { DriftKind } from '../store/drift-rows.ts';

/** What a field shows, and what it should show, where these differ. */
export interface Difference {
  kind: Exclude<DriftKind, 'gone'>;
  shows: string | null;
  shouldShow: string | null;
}

const NUMBERS = new Set(['currency', 'double', 'percent', 'int', 'long']);

/**
 * Compares what a field shows with what it should, as Salesforce stores values of its type: numbers to their decimals,
 * moments to the second, texts without space around them.
 *
 * @param shows as an API answers, number or text
 * @returns undefined where both are the same
 */
export function findDifference(
  field: AccountField,
  shows: FieldValue | undefined,
  shouldShow: FieldValue,
): Difference | undefined {
  const there = storedForm(field, shows ?? null);
  const wanted = storedForm(field, shouldShow);
  if (there === wanted) return undefined;
  return {
    kind: there === null ? 'blanked' : 'changed',
    shows: toText(shows ?? null),
    shouldShow: toText(shouldShow),
  };
}

/** A value as it is compared; null where the field is blank. */
function storedForm({ type, scale, htmlFormatted }: AccountField, value: FieldValue): string | null {
  if (value === null || value === '') return null;
  if (NUMBERS.has(type)) {
    const fixed = Number(value).toFixed(Math.min(scale, 100));
    return Number(fixed) === 0 ? (0).toFixed(Math.min(scale, 100)) : fixed;
  }
  const text = String(value);
  if (type === 'date') return text.slice(0, 10);
  if (type === 'datetime') {
    const moment = Date.parse(text);
    return Number.isNaN(moment) ? text : String(Math.floor(moment / 1000));
  }
  const lines = text.replaceAll(/\r\n?/g, '\n').trim();
  const plain = htmlFormatted ? readHtml(lines) : lines;
  return plain === '' ? null : plain;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** Salesforce writes markup in its own way: what counts is the text and where its links go. */
function readHtml(html: string): string {
  return html
    .replaceAll(/<a\b[^>]*?\bhref="([^"]*)"[^>]*>/gi, '[$1] ')
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .trim();
}

function toText(value: FieldValue): string | null {
  return value === null || value === '' ? null : String(value);
}
