import type { UpflowFieldType } from '../upflow/custom-fields.ts';

const NUMBERS = new Set(['int', 'long', 'double', 'currency', 'percent']);

/** No text that Upflow shows beside a customer is longer. */
const LONGEST_TEXT = 5000;

/**
 * A cell in one form, whichever way it was read: plain queries and bulk jobs write numbers and moments differently, and
 * a value must not look changed for that.
 */
export function normalizeCell(cell: string, type: string): string {
  if (cell === '') return '';
  if (NUMBERS.has(type)) return Number.isFinite(Number(cell)) ? String(Number(cell)) : cell;
  if (type === 'datetime') {
    const moment = Date.parse(cell);
    return Number.isNaN(moment) ? cell : new Date(moment).toISOString();
  }
  // PostgreSQL cannot keep a NUL.
  return cell.replaceAll('\r\n', '\n').replaceAll('\0', '');
}

/** A value as Upflow takes it for a custom field of this type; null where there is none. */
export function toUpflowValue(value: string, type: UpflowFieldType): string | number | boolean | null {
  if (value.trim() === '') return null;
  switch (type) {
    case 'NUMBER':
      return Number.isFinite(Number(value)) ? Number(value) : null;
    case 'BOOLEAN':
      return value === 'true';
    case 'DATE':
      return value.slice(0, 10);
    case 'TEXT':
    case 'SELECT':
      return value.slice(0, LONGEST_TEXT);
  }
}
