import { addressFields, auditFields, currencyField, viewedFields } from './common-fields.ts';
import { currencyCodes } from './currency-rates.ts';
import {
  defineField,
  defineLookup,
  defineSystemField,
  listValues,
  type FieldDefinition,
  type FieldType,
} from './field-definition.ts';

const shown = { permissionable: false };
const required = { ...shown, nillable: false };

function optional(name: string, label: string, type: FieldType, length?: number): FieldDefinition {
  return defineField(name, label, type, length === undefined ? shown : { ...shown, length });
}

const emailPreferences = ['AutoBcc', 'AutoBccStayInTouch', 'StayInTouchReminder'];
const userPermissions = [
  'MarketingUser',
  'OfflineUser',
  'CallCenterAutoLogin',
  'SFContentUser',
  'KnowledgeUser',
  'InteractionUser',
  'SupportUser',
];

/** User's standard fields. Only who may manage users can write them. */
export const userFields: FieldDefinition[] = [
  defineSystemField('Id', 'User ID', 'id', { idLookup: true }),
  defineField('Username', 'Username', 'string', { ...required, length: 80, idLookup: true, unique: true }),
  defineField('LastName', 'Last Name', 'string', { ...required, length: 80, extraTypeInfo: 'personname' }),
  optional('FirstName', 'First Name', 'string', 40),
  defineSystemField('Name', 'Full Name', 'string', {
    length: 121,
    nameField: true,
    extraTypeInfo: 'personname',
    defaultedOnCreate: false,
  }),
  optional('CompanyName', 'Company Name', 'string', 80),
  optional('Division', 'Division', 'string', 80),
  optional('Department', 'Department', 'string', 80),
  optional('Title', 'Title', 'string', 80),
  ...addressFields('', '').map((field) => ({ ...field, ...shown, label: field.label.trim() })),
  defineField('Email', 'Email', 'email', { ...required, length: 128, idLookup: true }),
  ...emailPreferences.map((name) => optional(`EmailPreferences${name}`, name, 'boolean')),
  optional('Phone', 'Phone', 'phone'),
  optional('Fax', 'Fax', 'phone'),
  optional('MobilePhone', 'Mobile', 'phone'),
  defineField('Alias', 'Alias', 'string', { ...required, length: 8 }),
  optional('CommunityNickname', 'Nickname', 'string', 40),
  defineField('IsActive', 'Active', 'boolean', { ...shown, defaultValue: false }),
  defineField('TimeZoneSidKey', 'Time Zone', 'picklist', { ...required, length: 40 }),
  defineLookup('UserRoleId', 'Role ID', 'UserRole', { ...shown, childRelationshipName: 'Users' }),
  defineField('LocaleSidKey', 'Locale', 'picklist', { ...required, length: 40 }),
  defineField('EmailEncodingKey', 'Email Encoding', 'picklist', {
    ...required,
    length: 40,
    defaultValue: 'UTF-8',
    picklist: listValues('UTF-8', 'ISO-8859-1'),
  }),
  defineLookup('ProfileId', 'Profile ID', 'Profile', { ...required, childRelationshipName: 'Users' }),
  defineSystemField('UserType', 'User Type', 'picklist', { length: 40, defaultValue: 'Standard' }),
  defineField('LanguageLocaleKey', 'Language', 'picklist', { ...required, length: 40 }),
  optional('EmployeeNumber', 'Employee Number', 'string', 20),
  defineLookup('DelegatedApproverId', 'Delegated Approver ID', 'User', { ...shown, relationshipName: null }),
  defineLookup('ManagerId', 'Manager ID', 'User', { ...shown, childRelationshipName: 'ManagedUsers' }),
  defineSystemField('LastLoginDate', 'Last Login', 'datetime', { nillable: true }),
  defineSystemField('LastPasswordChangeDate', 'Last Password Change or Reset', 'datetime', {
    nillable: true,
  }),
  currencyField(currencyCodes),
  { ...currencyField(currencyCodes), name: 'DefaultCurrencyIsoCode', label: 'Default Currency ISO Code' },
  ...auditFields(),
  ...userPermissions.map((name) => optional(`UserPermissions${name}`, name, 'boolean')),
  defineLookup('ContactId', 'Contact ID', 'Contact', {
    ...shown,
    writable: false,
    childRelationshipName: 'Users',
  }),
  defineLookup('AccountId', 'Account ID', 'Account', {
    ...shown,
    writable: false,
    childRelationshipName: 'Users',
  }),
  optional('FederationIdentifier', 'SAML Federation ID', 'string', 512),
  optional('AboutMe', 'About Me', 'textarea', 1000),
  defineSystemField('FullPhotoUrl', 'Url for full-sized Photo', 'url', { nillable: true, length: 1024 }),
  defineSystemField('SmallPhotoUrl', 'Photo', 'url', { nillable: true, length: 1024 }),
  ...viewedFields(),
];
