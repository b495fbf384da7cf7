import type { AccountField } from '../salesforce/describe-account.ts';
import type { ExportedValue, ValueType } from './exported-values.ts';

/** Shortest text that a customer portal's link never fits into. */
const LINK_LENGTH = 255;

/** Digits before the point without which a number field is of no use. */
const WHOLE_DIGITS: Partial<Record<ValueType, number>> = { amount: 6, count: 3, days: 3 };

interface Holder {
  types: readonly string[];
  /** As admins call these types of fields. */
  words: string;
}

const TEXT: Holder = { types: ['string', 'textarea'], words: 'Text or Text Area' };

/** The types of Account fields that hold a type of value, by Upflow's own table of its Salesforce export. */
const HOLDERS: Record<ValueType, Holder> = {
  amount: { types: ['currency', 'double'], words: 'Currency or Number' },
  count: { types: ['double', 'int'], words: 'Number' },
  days: { types: ['double', 'int'], words: 'Number' },
  choice: { types: ['string', 'picklist'], words: 'Text or Picklist' },
  text: TEXT,
  'long text': { types: ['string', 'textarea'], words: 'Text, Text Area (Long) or Text Area (Rich)' },
  select: { types: ['picklist'], words: 'Picklist' },
  date: { types: ['date'], words: 'Date' },
  'date and time': { types: ['datetime'], words: 'Date/Time' },
  link: { types: ['url', 'textarea'], words: 'URL, Text Area (Long) or Text Area (Rich)' },
  'long link': { types: ['textarea'], words: 'Text Area (Long) or Text Area (Rich)' },
  own: { types: [], words: 'the package’s field only' },
};

/** What is known of the values that a connection's customers have. */
export interface SeenValues {
  /** Texts by the name of the value. */
  texts: ReadonlyMap<string, readonly string[]>;
  /** Digits of the minor units of the currencies that are in use. */
  currencyDigits: number;
}

/**
 * Why an Account field cannot hold a value, in a sentence for the admin who chooses.
 *
 * @param packageFields API names of the fields that the package brings, in small letters
 * @returns null when it can
 */
export function judgeField(
  value: ExportedValue,
  field: AccountField,
  seen: SeenValues,
  packageFields: ReadonlySet<string>,
): string | null {
  const { types, words } = HOLDERS[value.type];
  const { label } = field;
  if (packageFields.has(field.name.toLowerCase())) return `${label} belongs to the Upflow package.`;
  if (!field.custom) {
    return `${label} is a standard field that people and other apps rely on. Create a custom field instead.`;
  }
  if (field.name.toLowerCase().endsWith('__pc')) return `${label} exists on person accounts only.`;
  if (field.calculated) return `${label} is a formula: Salesforce computes it.`;
  if (field.autoNumber) return `${label} is an auto number: Salesforce fills it.`;
  if (!types.includes(field.type)) return `${value.label} needs a field of type ${words}.`;
  if (!field.updateable) {
    return `The integration user may not write ${label}. Give it edit access in a permission set.`;
  }
  if (field.unique) return `${label} takes each value once only, and customers share values.`;
  if (!field.nillable) return `${label} is required, and a customer may have no value.`;
  return judgeSize(value, field, seen) ?? judgePicklist(value, field, seen);
}

function judgeSize({ type, ...value }: ExportedValue, field: AccountField, seen: SeenValues): string | null {
  const { label, length, precision, scale } = field;
  if (type === 'long link' && length <= LINK_LENGTH) {
    return `${label} holds ${length} characters, and portal links are longer than ${LINK_LENGTH}.`;
  }
  const longest = Math.max(0, ...value.sends.map((text) => text.length));
  if (type === 'choice' && length > 0 && length < longest) {
    return `${label} holds ${length} characters, and Upflow sends up to ${longest}.`;
  }
  if (type === 'amount' && scale < seen.currencyDigits) {
    return `${label} keeps ${scale} decimals, and the amounts have ${seen.currencyDigits}.`;
  }
  const digits = field.type === 'int' ? field.digits : precision - scale;
  const needed = WHOLE_DIGITS[type] ?? 0;
  return digits < needed ? `${label} holds ${digits} digits before the point; ${needed} are needed.` : null;
}

function judgePicklist(value: ExportedValue, field: AccountField, seen: SeenValues): string | null {
  const { allowedValues } = field;
  if (allowedValues === undefined) return null;
  const sent = new Set([...value.sends, ...(seen.texts.get(value.value) ?? [])]);
  const missing = [...sent].filter((text) => !allowedValues.includes(text));
  if (missing.length === 0) return null;
  const list = missing.slice(0, 5).join(', ') + (missing.length > 5 ? ' …' : '');
  return `The restricted picklist ${field.label} lacks ${list}. Add what is missing, or lift the restriction.`;
}
