import { addressFields, auditFields } from './common-fields.ts';
import { defineField, defineSystemField, type FieldDefinition } from './field-definition.ts';

const shownToAll = { permissionable: false, writable: false };
const optional = { nillable: true };
const preferences = [
  'RequireOpportunityProducts',
  'TransactionSecurityPolicy',
  'TerminateOldestSession',
  'ConsentManagementEnabled',
  'AutoSelectIndividualOnMerge',
  'LightningLoginEnabled',
  'OnlyLLPermUserAllowed',
];
const sharedObjects = [
  'Account',
  'Contact',
  'Opportunity',
  'Lead',
  'Case',
  'Calendar',
  'Pricebook',
  'Campaign',
];

/** Organization's fields, in the order of a recorded row. */
export const organizationFields: FieldDefinition[] = [
  defineSystemField('Id', 'Organization ID', 'id', { idLookup: true }),
  defineSystemField('Name', 'Name', 'string', { length: 80, nameField: true }),
  defineSystemField('Division', 'Division', 'string', { ...optional, length: 80 }),
  ...addressFields('', '').map((field) => ({ ...field, ...shownToAll, label: field.label.trim() })),
  defineField('Phone', 'Phone', 'phone', shownToAll),
  defineField('Fax', 'Fax', 'phone', shownToAll),
  defineSystemField('PrimaryContact', 'Primary Contact', 'string', { ...optional, length: 80 }),
  defineSystemField('DefaultLocaleSidKey', 'Locale', 'picklist', { length: 40 }),
  defineSystemField('TimeZoneSidKey', 'Time Zone', 'picklist', { length: 40 }),
  defineSystemField('LanguageLocaleKey', 'Language', 'picklist', { length: 40 }),
  defineSystemField('ReceivesInfoEmails', 'Info Emails', 'boolean'),
  defineSystemField('ReceivesAdminInfoEmails', 'Info Emails Admin', 'boolean'),
  ...preferences.map((name) => defineSystemField(`Preferences${name}`, name, 'boolean')),
  defineSystemField('FiscalYearStartMonth', 'Fiscal Year Starts In', 'int', optional),
  defineSystemField('UsesStartDateAsFiscalYearName', 'Fiscal Year Name by Start', 'boolean'),
  ...sharedObjects.map((name) =>
    defineSystemField(`Default${name}Access`, `Default ${name} Access`, 'picklist', {
      ...optional,
      length: 40,
    }),
  ),
  defineSystemField('DelegatedAuthenticationServiceUrl', 'Delegated Authentication URL', 'url', optional),
  defineSystemField('SystemModstamp', 'System Modstamp', 'datetime'),
  defineSystemField('ComplianceBccEmail', 'Compliance BCC Email', 'email', optional),
  defineSystemField('UiSkin', 'UI Skin', 'picklist', { ...optional, length: 40 }),
  defineSystemField('SignupCountryIsoCode', 'Signup Country', 'string', { ...optional, length: 2 }),
  defineSystemField('TrialExpirationDate', 'Trial Expiration Date', 'datetime', optional),
  defineSystemField('NumKnowledgeService', 'Knowledge Licenses', 'int', optional),
  defineSystemField('OrganizationType', 'Edition', 'picklist', { length: 40 }),
  defineSystemField('NamespacePrefix', 'Namespace Prefix', 'string', { ...optional, length: 15 }),
  defineSystemField('InstanceName', 'Instance Name', 'string', { ...optional, length: 5 }),
  defineSystemField('IsSandbox', 'Is Sandbox', 'boolean'),
  defineSystemField('WebToCaseDefaultOrigin', 'Web to Cases Default Origin', 'string', {
    ...optional,
    length: 40,
  }),
  defineSystemField('MonthlyPageViewsUsed', 'Monthly Page Views Used', 'int', optional),
  defineSystemField('MonthlyPageViewsEntitlement', 'Monthly Page Views Allowed', 'int', optional),
  defineSystemField('IsReadOnly', 'Is Read Only', 'boolean'),
  ...auditFields().filter((field) => field.name !== 'SystemModstamp'),
];
