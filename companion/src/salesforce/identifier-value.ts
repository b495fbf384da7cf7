import { toLongId } from './account-id.ts';

export const IDENTIFIER_KINDS = ['id', 'text', 'number'] as const;

/** How the values of a field are compared: record ids in either length, texts as they are, numbers by value. */
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** No Account field that can be searched holds more characters. */
const LONGEST_IDENTIFIER = 255;

const NUMBER_TYPES = new Set(['int', 'long', 'double', 'currency', 'percent']);

/** An Account's id, as texts hold it: formulas give 15 characters, the API 18. */
const ACCOUNT_ID = /^001[a-zA-Z0-9]{12}$/;
const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:E([+-]?\d{1,3}))?$/;

/** How values of a field of this describe type are compared. */
export function identifierKindOf(type: string): IdentifierKind {
  if (type === 'id' || type === 'reference') return 'id';
  return NUMBER_TYPES.has(type) ? 'number' : 'text';
}

/**
 * The form in which a value is compared: two values name the same customer when their forms are equal.
 *
 * @returns null for a value that names nobody: blank, or one that no field can hold
 */
export function toIdentifier(value: string, kind: IdentifierKind): string | null {
  if (value.length > LONGEST_IDENTIFIER || value.trim() === '' || value.includes('\0')) return null;
  if (kind === 'number') return toPlainNumber(value);
  return kind === 'id' || ACCOUNT_ID.test(value) ? toLongId(value) : value;
}

/** `285.0` and `2.85E2` are `285`; what is no number stays as it is, and equals none. */
function toPlainNumber(value: string): string {
  const [matched, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(value) ?? [];
  if (matched === undefined) return value;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const integer =
    point <= 0
      ? '0'
      : digits
          .slice(0, point)
          .padEnd(point, '0')
          .replace(/^0+(?=\d)/, '');
  const decimals = (point <= 0 ? digits.padStart(digits.length - point, '0') : digits.slice(point)).replace(
    /0+$/,
    '',
  );
  const plain = decimals === '' ? integer : `${integer}.${decimals}`;
  return plain === '0' ? '0' : sign + plain;
}
