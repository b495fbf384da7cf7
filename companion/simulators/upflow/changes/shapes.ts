import currencyCodes from 'currency-codes';
import { z } from 'zod';

const text = z.string('must be a text');
export const optionalText = text.nullish();
export const requiredText = text.refine((value) => value.trim() !== '', 'must not be empty');
export const identifier = requiredText.max(255, 'must have at most 255 characters');
export const minorUnits = z.int('must be an integer in the minor unit of the currency');
export const currency = text.refine(
  (code) => currencyCodes.code(code) !== undefined,
  'must be an ISO 4217 code such as USD',
);

/** A day or a time, with or without an offset. */
export const moment = text.refine(
  (value) => /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) && !Number.isNaN(Date.parse(value)),
  'must be an ISO 8601 date such as 2026-11-25',
);

/** What is named by its id or by its external id. */
export const reference = z
  .looseObject({ id: optionalText, externalId: optionalText }, 'must be { id } or { externalId }')
  .refine(({ id, externalId }) => id != null || externalId != null, 'must have an id or an externalId');

export const customFieldValues = z
  .array(
    z.looseObject({ id: requiredText, value: z.unknown() }, 'must be { id, value }'),
    'must be a list of { id, value }',
  )
  .nullish();
