import {
  addressFields,
  auditFields,
  currencyField,
  identityFields,
  ownerField,
  text,
} from './common-fields.ts';
import { currencyCodes } from './currency-rates.ts';
import { defineField, defineLookup, defineSystemField, type FieldDefinition } from './field-definition.ts';

const shownToAll = { permissionable: false, writable: false };

export const contactFields: FieldDefinition[] = [
  ...identityFields('Contact'),
  defineLookup('MasterRecordId', 'Master Record ID', 'Contact', shownToAll),
  defineLookup('AccountId', 'Account ID', 'Account', {
    indexed: true,
    childRelationshipName: 'Contacts',
  }),
  defineField('LastName', 'Last Name', 'string', { length: 80, nillable: false, permissionable: false }),
  defineField('FirstName', 'First Name', 'string', { length: 40, permissionable: false }),
  defineSystemField('Name', 'Full Name', 'string', { length: 121, nameField: true }),
  defineField('Phone', 'Business Phone', 'phone'),
  defineField('MobilePhone', 'Mobile Phone', 'phone'),
  defineField('Email', 'Email', 'email', { idLookup: true }),
  text('Title', 'Title', 128),
  text('Department', 'Department', 80),
  currencyField(currencyCodes),
  ownerField(),
  ...auditFields(),
];

export const userFields: FieldDefinition[] = [
  defineSystemField('Id', 'User ID', 'id', { idLookup: true }),
  defineSystemField('Username', 'Username', 'string', { length: 80, idLookup: true }),
  defineSystemField('LastName', 'Last Name', 'string', { length: 80 }),
  defineSystemField('FirstName', 'First Name', 'string', { length: 40, nillable: true }),
  defineSystemField('Name', 'Full Name', 'string', { length: 121, nameField: true }),
  defineField('Title', 'Title', 'string', { ...shownToAll, length: 80 }),
  defineSystemField('Email', 'Email', 'email', { length: 128, idLookup: true }),
  defineSystemField('Alias', 'Alias', 'string', { length: 8 }),
  defineSystemField('IsActive', 'Active', 'boolean'),
  defineSystemField('UserType', 'User Type', 'picklist', { length: 40 }),
  defineSystemField('TimeZoneSidKey', 'Time Zone', 'picklist', { length: 40 }),
  defineSystemField('LocaleSidKey', 'Locale', 'picklist', { length: 40 }),
  defineSystemField('LanguageLocaleKey', 'Language', 'picklist', { length: 40 }),
  currencyField(currencyCodes),
  ...auditFields(),
];

export const organizationFields: FieldDefinition[] = [
  defineSystemField('Id', 'Organization ID', 'id'),
  defineSystemField('Name', 'Name', 'string', { length: 80, nameField: true }),
  ...addressFields('', 'Company').map((field) => ({ ...field, ...shownToAll })),
  defineSystemField('PrimaryContact', 'Primary Contact', 'string', { length: 80, nillable: true }),
  defineSystemField('DefaultLocaleSidKey', 'Locale', 'picklist', { length: 40 }),
  defineSystemField('LanguageLocaleKey', 'Language', 'picklist', { length: 40 }),
  defineSystemField('TimeZoneSidKey', 'Time Zone', 'picklist', { length: 40 }),
  defineSystemField('OrganizationType', 'Edition', 'picklist', { length: 40 }),
  defineSystemField('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15, nillable: true }),
  defineSystemField('InstanceName', 'Instance Name', 'string', { length: 5, nillable: true }),
  defineSystemField('IsSandbox', 'Is Sandbox', 'boolean'),
  defineSystemField('TrialExpirationDate', 'Trial Expiration Date', 'datetime', { nillable: true }),
  ...auditFields(),
];

export const currencyTypeFields: FieldDefinition[] = [
  defineSystemField('Id', 'Currency Type ID', 'id'),
  defineSystemField('IsoCode', 'Currency ISO Code', 'picklist', { length: 3 }),
  defineSystemField('ConversionRate', 'Conversion Rate', 'double', { precision: 18, scale: 6 }),
  defineSystemField('DecimalPlaces', 'Decimal Places', 'int'),
  defineSystemField('IsActive', 'Active', 'boolean'),
  defineSystemField('IsCorporate', 'Corporate Currency', 'boolean'),
  ...auditFields(),
];
