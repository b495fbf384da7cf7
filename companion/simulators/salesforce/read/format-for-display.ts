import { parseTime } from '../org/salesforce-times.ts';
import { corporateCurrency } from '../schema/currency-rates.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import type { StoredRecord } from '../store/stored-record.ts';

const locale = 'en-US';
const dateTimeStyle = {
  timeZone: 'America/New_York',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const;

/** How Lightning shows a value to a user in the United States; null for what it shows as it is. */
export function formatForDisplay(
  record: StoredRecord,
  field: FieldDefinition,
  value: unknown,
): string | null {
  if (typeof value === 'number') return formatNumber(record, field, value);
  if (typeof value !== 'string') return null;
  switch (field.type) {
    case 'date':
      return new Intl.DateTimeFormat(locale, { timeZone: 'UTC' }).format(new Date(value));
    case 'datetime':
      return new Intl.DateTimeFormat(locale, dateTimeStyle).format(parseTime(value));
    case 'picklist':
      return field.picklist.find((entry) => entry.value === value)?.label ?? value;
    default:
      return null;
  }
}

function formatNumber(record: StoredRecord, field: FieldDefinition, value: number): string {
  const digits = { minimumFractionDigits: field.scale, maximumFractionDigits: field.scale };
  if (field.type === 'currency') {
    const currency = String(record.CurrencyIsoCode ?? corporateCurrency);
    return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits }).format(value);
  }
  const number = new Intl.NumberFormat(locale, digits).format(value);
  return field.type === 'percent' ? `${number}%` : number;
}
