import type { RowError } from '../http/api-error.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { numericTypes, type FieldDefinition } from '../schema/field-definition.ts';
import type { FieldValue } from '../store/stored-record.ts';
import { changedFields, type Draft } from './draft.ts';
import { messagesIn, type PlatformMessages } from './platform-messages.ts';
import { rowError } from './row-errors.ts';

/** Checks each value against its field, and returns the first trouble of every field. */
export function checkValues(draft: Draft): RowError[] {
  const { org } = draft.context;
  const words = messagesIn(org.settings.language);
  return changedFields(draft).flatMap((field) => {
    const value = draft.changes[field.name] ?? null;
    if (value === null) return field.type === 'boolean' ? [refuseNullFlag(field)] : [];
    const error =
      checkLength(words, field, value) ??
      checkEmail(words, field, value) ??
      checkRange(words, field, value) ??
      checkPicklist(words, field, value) ??
      checkCurrency(org, words, field, value);
    return error === null ? [] : [error];
  });
}

function refuseNullFlag(field: FieldDefinition): RowError {
  const message = `${field.label}: value not of required type: `;
  return rowError('INVALID_TYPE_ON_FIELD_IN_RECORD', message, [field.name]);
}

/** Rich text counts with its markup, as it is kept. */
function checkLength(words: PlatformMessages, field: FieldDefinition, value: FieldValue): RowError | null {
  if (typeof value !== 'string' || field.length === 0 || field.type === 'reference') return null;
  if (value.length <= field.length) return null;
  const message = words.textTooLong(field.label, value, field.length);
  return rowError('STRING_TOO_LONG', message, [field.name]);
}

const emailForm = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]+$/;

function checkEmail(words: PlatformMessages, field: FieldDefinition, value: FieldValue): RowError | null {
  if (field.type !== 'email' || emailForm.test(String(value))) return null;
  const message = words.badEmail(field.label, value);
  return rowError('INVALID_EMAIL_ADDRESS', message, [field.name]);
}

const MAX_INT_DIGITS = 8;

function checkRange(words: PlatformMessages, field: FieldDefinition, value: FieldValue): RowError | null {
  if (!numericTypes.includes(field.type)) return null;
  const integerDigits = field.type === 'int' ? MAX_INT_DIGITS : field.precision - field.scale;
  if (Math.abs(Number(value)) < 10 ** integerDigits) return null;
  const message = words.numberOutOfRange(field.label, value);
  return rowError('NUMBER_OUTSIDE_VALID_RANGE', message, [field.name]);
}

function checkPicklist(words: PlatformMessages, field: FieldDefinition, value: FieldValue): RowError | null {
  if (!field.restrictedPicklist) return null;
  const chosen = field.type === 'multipicklist' ? String(value).split(';') : [value];
  const bad = chosen.find((one) => !field.picklist.some((entry) => entry.isActive && entry.value === one));
  return bad === undefined ? null : refusePicklistValue(words, field, bad);
}

/** A currency that is no longer active is refused like one that does not exist. */
function checkCurrency(
  org: SimulatedOrg,
  words: PlatformMessages,
  field: FieldDefinition,
  value: FieldValue,
): RowError | null {
  if (field.name !== 'CurrencyIsoCode') return null;
  const active = [...org.store.rows('CurrencyType').values()].some(
    (currency) => currency.IsoCode === value && currency.IsActive === true,
  );
  return active ? null : refusePicklistValue(words, field, value);
}

function refusePicklistValue(words: PlatformMessages, field: FieldDefinition, value: FieldValue): RowError {
  const message = words.badPicklistValue(field.label, value);
  return rowError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
}
