import { currencyTypeFields, datedConversionRateFields } from './currency-fields.ts';
import { defineObject, type ObjectSchema, type SetupRights } from './object-schema.ts';
import { organizationFields } from './organization-fields.ts';
import {
  fieldPermissionsFields,
  objectPermissionsFields,
  permissionSetAssignmentFields,
  permissionSetFields,
  profileFields,
} from './permission-fields.ts';
import {
  groupFields,
  opportunityStageFields,
  permissionSetLicenseFields,
  queueSobjectFields,
  recordTypeFields,
  userLicenseFields,
  userRoleFields,
} from './setup-fields.ts';
import { customFieldFields, entityDefinitionFields, fieldDefinitionFields } from './tooling-fields.ts';
import { userFields } from './user-fields.ts';

const managesSets = 'PermissionsManageProfilesPermissionsets';
const ofPermissions: SetupRights = {
  read: 'PermissionsViewSetup',
  create: managesSets,
  edit: managesSets,
  delete: managesSets,
};
const ofUsers: SetupRights = { read: null, create: 'PermissionsManageUsers', edit: 'PermissionsManageUsers' };
const ofFields: SetupRights = {
  read: 'PermissionsViewSetup',
  create: 'PermissionsCustomizeApplication',
  edit: 'PermissionsCustomizeApplication',
  delete: 'PermissionsCustomizeApplication',
};
const ofAssignments: SetupRights = {
  read: 'PermissionsViewSetup',
  create: 'PermissionsManageUsers',
  delete: 'PermissionsManageUsers',
};
const viewed: SetupRights = { read: 'PermissionsViewSetup' };

/** The objects of the org's set-up. */
export const setupObjects: ObjectSchema[] = [
  defineObject(['CurrencyType', 'Currency Type', 'Currency Types', '01L'], currencyTypeFields, {
    onlyWith: 'multiCurrency',
  }),
  defineObject(['CustomField', 'Custom Field', 'Custom Fields', '00N'], customFieldFields, {
    toolingOnly: true,
    setup: ofFields,
  }),
  defineObject(
    ['DatedConversionRate', 'Dated Conversion Rate', 'Dated Conversion Rates', '04w'],
    datedConversionRateFields,
    { onlyWith: 'advancedCurrency' },
  ),
  defineObject(
    ['EntityDefinition', 'Entity Definition', 'Entity Definitions', '4ie'],
    entityDefinitionFields,
    {
      setup: viewed,
    },
  ),
  defineObject(['FieldDefinition', 'Field Definition', 'Field Definitions', '4fe'], fieldDefinitionFields, {
    setup: viewed,
  }),
  defineObject(
    ['FieldPermissions', 'Field Permissions', 'Field Permissions', '01k'],
    fieldPermissionsFields,
    {
      setup: ofPermissions,
    },
  ),
  defineObject(['Group', 'Group', 'Group', '00G'], groupFields),
  defineObject(
    ['ObjectPermissions', 'Object Permissions', 'Object Permissions', '110'],
    objectPermissionsFields,
    {
      setup: ofPermissions,
    },
  ),
  defineObject(['OpportunityStage', 'Opportunity Stage', 'Opportunity Stage', '01J'], opportunityStageFields),
  defineObject(['Organization', 'Organization', 'Organizations', '00D'], organizationFields),
  defineObject(['PermissionSet', 'Permission Set', 'Permission Sets', '0PS'], permissionSetFields, {
    setup: ofPermissions,
  }),
  defineObject(
    ['PermissionSetAssignment', 'Permission Set Assignment', 'Permission Set Assignments', '0Pa'],
    permissionSetAssignmentFields,
    { setup: ofAssignments },
  ),
  defineObject(
    ['PermissionSetLicense', 'Permission Set License', 'Permission Set Licenses', '0PL'],
    permissionSetLicenseFields,
    { setup: viewed },
  ),
  defineObject(['Profile', 'Profile', 'Profile', '00e'], profileFields),
  defineObject(['QueueSobject', 'Queue Sobject', 'Queue Sobject', '03g'], queueSobjectFields),
  defineObject(['RecordType', 'Record Type', 'Record Types', '012'], recordTypeFields),
  defineObject(['User', 'User', 'Users', '005'], userFields, { setup: ofUsers }),
  defineObject(['UserLicense', 'User License', 'User Licenses', '100'], userLicenseFields, { setup: viewed }),
  defineObject(['UserRole', 'Role', 'Role', '00E'], userRoleFields),
];
