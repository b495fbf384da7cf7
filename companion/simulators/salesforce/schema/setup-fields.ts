import { auditFields } from './common-fields.ts';
import { defineLookup, defineSystemField, type FieldDefinition, type FieldType } from './field-definition.ts';

function fixed(name: string, label: string, type: FieldType, length = 0): FieldDefinition {
  return defineSystemField(name, label, type, { nillable: type !== 'boolean', length });
}

function identifier(label: string): FieldDefinition {
  return defineSystemField('Id', label, 'id', { idLookup: true });
}

function name(label: string, length: number, field = 'Name'): FieldDefinition {
  return defineSystemField(field, label, 'string', { nameField: true, length });
}

const byPlatform = { writable: false, permissionable: false };

export const recordTypeFields: FieldDefinition[] = [
  identifier('Record Type ID'),
  name('Name', 80),
  fixed('DeveloperName', 'Record Type Name', 'string', 80),
  fixed('NamespacePrefix', 'Namespace Prefix', 'string', 15),
  fixed('Description', 'Description', 'string', 255),
  fixed('BusinessProcessId', 'Business Process ID', 'string', 18),
  fixed('SobjectType', 'SObject Type Name', 'picklist', 40),
  fixed('IsActive', 'Active', 'boolean'),
  { ...fixed('IsPersonType', 'Is Person Type', 'boolean'), onlyWith: 'personAccounts' },
  ...auditFields(),
];

export const groupFields: FieldDefinition[] = [
  identifier('Group ID'),
  name('Name', 40),
  fixed('DeveloperName', 'Developer Name', 'string', 80),
  fixed('RelatedId', 'Related ID', 'string', 18),
  fixed('Type', 'Type', 'picklist', 40),
  fixed('Email', 'Email', 'email', 255),
  fixed('DoesSendEmailToMembers', 'Send Email to Members', 'boolean'),
  fixed('DoesIncludeBosses', 'Include Bosses', 'boolean'),
  ...auditFields(),
];

export const queueSobjectFields: FieldDefinition[] = [
  identifier('Queue Sobject ID'),
  defineLookup('QueueId', 'Group ID', 'Group', { ...byPlatform, childRelationshipName: 'QueueSobjects' }),
  fixed('SobjectType', 'Object Type', 'picklist', 40),
  defineLookup('CreatedById', 'Created By ID', 'User', byPlatform),
  fixed('SystemModstamp', 'System Modstamp', 'datetime'),
];

export const userRoleFields: FieldDefinition[] = [
  identifier('Role ID'),
  name('Name', 80),
  defineLookup('ParentRoleId', 'Parent Role ID', 'UserRole', { ...byPlatform, relationshipName: null }),
  fixed('DeveloperName', 'Developer Name', 'string', 80),
  fixed('RollupDescription', 'Description', 'string', 80),
  ...auditFields().filter((field) => !field.name.startsWith('Created')),
];

export const userLicenseFields: FieldDefinition[] = [
  identifier('User License ID'),
  fixed('LicenseDefinitionKey', 'License Def. ID', 'string', 40),
  name('Name', 40),
  fixed('MasterLabel', 'Master Label', 'string', 40),
  fixed('TotalLicenses', 'Total Licenses', 'int'),
  fixed('UsedLicenses', 'Used Licenses', 'int'),
  fixed('Status', 'Status', 'picklist', 40),
  ...auditFields(),
];

export const permissionSetLicenseFields: FieldDefinition[] = [
  identifier('Permission Set License ID'),
  name('Permission Set License Name', 80, 'MasterLabel'),
  fixed('DeveloperName', 'Developer Name', 'string', 80),
  fixed('PermissionSetLicenseKey', 'Permission Set License Key', 'string', 40),
  fixed('TotalLicenses', 'Total Permission Set Licenses', 'int'),
  fixed('UsedLicenses', 'Used Permission Set Licenses', 'int'),
  fixed('Status', 'Status', 'picklist', 40),
  ...auditFields(),
];

export const opportunityStageFields: FieldDefinition[] = [
  identifier('Opportunity Stage ID'),
  name('Master Label', 255, 'MasterLabel'),
  fixed('ApiName', 'API Name', 'string', 255),
  fixed('IsActive', 'Is Active', 'boolean'),
  fixed('SortOrder', 'Order', 'int'),
  fixed('IsClosed', 'Closed', 'boolean'),
  fixed('IsWon', 'Won', 'boolean'),
  fixed('ForecastCategory', 'Forecast Category', 'picklist', 40),
  fixed('ForecastCategoryName', 'Forecast Category Name', 'picklist', 255),
  { ...fixed('DefaultProbability', 'Probability (%)', 'percent'), precision: 3 },
  fixed('Description', 'Description', 'string', 255),
  ...auditFields(),
];
