import { auditFields } from './common-fields.ts';
import { currencyCodes } from './currency-rates.ts';
import { defineField, defineSystemField, listValues, type FieldDefinition } from './field-definition.ts';

const isoCode = defineSystemField('IsoCode', 'Currency ISO Code', 'picklist', {
  length: 3,
  restrictedPicklist: true,
  picklist: listValues(...currencyCodes),
});
const rate = defineField('ConversionRate', 'Conversion Rate', 'double', {
  precision: 18,
  scale: 6,
  nillable: false,
  permissionable: false,
  writable: false,
});

/** A currency of the org, with the rate that holds where no dated one does. */
export const currencyTypeFields: FieldDefinition[] = [
  defineSystemField('Id', 'Currency Type ID', 'id', { idLookup: true }),
  isoCode,
  rate,
  defineSystemField('DecimalPlaces', 'Decimal Places', 'int'),
  defineSystemField('IsActive', 'Active', 'boolean'),
  defineSystemField('IsCorporate', 'Corporate Currency', 'boolean'),
  ...auditFields(),
];

/** A rate for a span of days: advanced currency management. */
export const datedConversionRateFields: FieldDefinition[] = [
  defineSystemField('Id', 'Dated Conversion Rate ID', 'id', { idLookup: true }),
  isoCode,
  defineSystemField('StartDate', 'Start Date', 'date'),
  defineSystemField('NextStartDate', 'Next Start Date', 'date'),
  rate,
  ...auditFields(),
];
