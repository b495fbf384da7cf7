import type { AccountField } from '../../src/salesforce/describe-account.ts';

/** An Account field as a description has it: an admin's own text field that may be written, unless said otherwise. */
export function makeField(name: string, properties: Partial<AccountField> = {}): AccountField {
  return {
    name,
    label: name,
    type: 'string',
    extraTypeInfo: null,
    length: 255,
    precision: 18,
    digits: 0,
    scale: 0,
    custom: true,
    updateable: true,
    nillable: true,
    calculated: false,
    autoNumber: false,
    htmlFormatted: false,
    unique: false,
    allowedValues: undefined,
    ...properties,
  };
}
