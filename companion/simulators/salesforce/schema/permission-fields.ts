import { auditFields } from './common-fields.ts';
import {
  defineField,
  defineLookup,
  defineSystemField,
  type FieldDefinition,
  type FieldType,
} from './field-definition.ts';

const shown = { permissionable: false };

function setup(
  name: string,
  label: string,
  type: FieldType,
  more: Partial<FieldDefinition> = {},
): FieldDefinition {
  return defineField(name, label, type, { ...shown, ...more });
}

function flag(name: string, label: string): FieldDefinition {
  return setup(name, label, 'boolean');
}

function parentSet(field: string, children: string): FieldDefinition {
  return defineLookup(field, 'Permission Set ID', 'PermissionSet', {
    ...shown,
    nillable: false,
    createOnly: true,
    indexed: true,
    childRelationshipName: children,
    onParentDeletion: 'cascade',
  });
}

/** What a permission set can allow beyond objects and fields, as far as the simulator minds it. */
export const systemPermissions = {
  PermissionsApiEnabled: 'API Enabled',
  PermissionsApiUserOnly: 'API Only User',
  PermissionsCustomizeApplication: 'Customize Application',
  PermissionsEditTask: 'Edit Tasks',
  PermissionsManageProfilesPermissionsets: 'Manage Profiles and Permission Sets',
  PermissionsManageUsers: 'Manage Users',
  PermissionsModifyAllData: 'Modify All Data',
  PermissionsTransferAnyEntity: 'Transfer Record',
  PermissionsViewAllData: 'View All Data',
  PermissionsViewSetup: 'View Setup and Configuration',
} as const;

export type SystemPermission = keyof typeof systemPermissions;

/** The names of the system permissions, in the order in which describe shows them. */
export const systemPermissionNames = Object.keys(systemPermissions) as SystemPermission[];

export const profileFields: FieldDefinition[] = [
  defineSystemField('Id', 'Profile ID', 'id', { idLookup: true }),
  defineSystemField('Name', 'Name', 'string', { nameField: true, length: 255 }),
  ...systemPermissionNames.map((name) => flag(name, systemPermissions[name])),
  defineLookup('UserLicenseId', 'User License ID', 'UserLicense', { ...shown, writable: false }),
  defineSystemField('UserType', 'User Type', 'picklist', { length: 40 }),
  ...auditFields(),
  defineSystemField('Description', 'Description', 'string', { nillable: true }),
];

export const permissionSetFields: FieldDefinition[] = [
  defineSystemField('Id', 'PermissionSet ID', 'id', { idLookup: true }),
  setup('Name', 'Permission Set Name', 'string', { length: 80, nillable: false, nameField: true }),
  setup('Label', 'Permission Set Label', 'string', { length: 80, nillable: false }),
  setup('LicenseId', 'License ID', 'reference', {
    createOnly: true,
    referenceTo: ['UserLicense', 'PermissionSetLicense'],
  }),
  defineLookup('ProfileId', 'Profile ID', 'Profile', { ...shown, writable: false }),
  defineSystemField('IsOwnedByProfile', 'Is Owned By Profile', 'boolean'),
  defineSystemField('IsCustom', 'Is Custom', 'boolean', { defaultValue: true }),
  ...systemPermissionNames.map((name) => flag(name, systemPermissions[name])),
  setup('Description', 'Description', 'string'),
  ...auditFields(),
  defineSystemField('NamespacePrefix', 'Namespace Prefix', 'string', { nillable: true, length: 15 }),
  setup('HasActivationRequired', 'Session Activation Required', 'boolean'),
  defineSystemField('PermissionSetGroupId', 'Permission Set Group ID', 'string', {
    nillable: true,
    length: 18,
  }),
  defineSystemField('Type', 'Type', 'picklist', { length: 40, defaultValue: 'Regular' }),
];

export const permissionSetAssignmentFields: FieldDefinition[] = [
  defineSystemField('Id', 'PermissionSet Assignment ID', 'id', { idLookup: true }),
  parentSet('PermissionSetId', 'Assignments'),
  defineSystemField('PermissionSetGroupId', 'Permission Set Group ID', 'string', {
    nillable: true,
    length: 18,
  }),
  defineLookup('AssigneeId', 'Assignee ID', 'User', {
    ...shown,
    nillable: false,
    createOnly: true,
    childRelationshipName: 'PermissionSetAssignments',
  }),
  setup('ExpirationDate', 'Expiration Date', 'datetime'),
  defineSystemField('IsActive', 'Is Active', 'boolean', { defaultValue: true }),
  defineSystemField('IsRevoked', 'Is Revoked', 'boolean'),
  defineSystemField('SystemModstamp', 'System Modstamp', 'datetime'),
];

const target = { ...shown, nillable: false, createOnly: true } as const;

export const fieldPermissionsFields: FieldDefinition[] = [
  defineSystemField('Id', 'Field Permissions ID', 'id', { idLookup: true }),
  parentSet('ParentId', 'FieldPerms'),
  setup('SobjectType', 'Sobject Type Name', 'picklist', { ...target, length: 40 }),
  setup('Field', 'Field Name', 'picklist', { ...target, length: 511 }),
  flag('PermissionsEdit', 'Edit Field'),
  flag('PermissionsRead', 'Read Field'),
  defineSystemField('SystemModstamp', 'System Modstamp', 'datetime'),
];

export const objectPermissionsFields: FieldDefinition[] = [
  defineSystemField('Id', 'Object Permissions ID', 'id', { idLookup: true }),
  parentSet('ParentId', 'ObjectPerms'),
  setup('SobjectType', 'Sobject Type Name', 'picklist', { ...target, length: 40 }),
  flag('PermissionsCreate', 'Create Records'),
  flag('PermissionsRead', 'Read Records'),
  flag('PermissionsEdit', 'Edit Records'),
  flag('PermissionsDelete', 'Delete Records'),
  flag('PermissionsViewAllRecords', 'Read All Records'),
  flag('PermissionsModifyAllRecords', 'Edit All Records'),
  flag('PermissionsViewAllFields', 'View All Fields'),
  ...auditFields(),
];
