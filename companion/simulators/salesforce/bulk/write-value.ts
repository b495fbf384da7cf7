import type { FieldType } from '../schema/field-definition.ts';

const SCIENTIFIC_FROM = 1e7;
const SCIENTIFIC_BELOW = 1e-3;
const withFraction: readonly (FieldType | null)[] = ['double', 'currency', 'percent'];

/** A value as this API writes it: nothing for null, times with a Z, and numbers as Java does. */
export function writeValue(value: unknown, type: FieldType | null): string {
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d\d-\d\dT[\d:.]+)\+0000$/, '$1Z');
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return '';
  return withFraction.includes(type) ? writeDouble(value) : String(value);
}

/** `500000.0`, but `8.0E7`: ten millions and more come with an exponent, as do the thousandths' fractions. */
function writeDouble(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= SCIENTIFIC_FROM || size < SCIENTIFIC_BELOW)) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    return `${addFraction(mantissa)}E${Number(exponent)}`;
  }
  return addFraction(String(value));
}

function addFraction(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`;
}
