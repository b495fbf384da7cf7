import type { UserName } from '../org/sample-users.ts';
import type { FieldDefinition } from '../schema/field-definition.ts';
import type { SystemPermission } from '../schema/permission-fields.ts';
import type { ObjectPermission } from '../schema/read-permission-set.ts';

/** What a user may do before any permission set is assigned. */
export interface Profile {
  name: string;
  license: string;
  licenseKey: string;
  systemPermissions: readonly SystemPermission[];
  /** Rights on the org's own objects and the standard ones; null for none. */
  dataObjects: ObjectPermission | null;
  /** Field-level security of the profile. It never covers the package's fields: its permission sets do. */
  field: (field: FieldDefinition) => { readable: boolean; editable: boolean };
  /** The package's permission sets that the user has from the start. */
  permissionSets: readonly string[];
}

const everything: ObjectPermission = {
  read: true,
  create: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};

/**
 * An API-only user sees no object until a permission set opens it. Its profile shows the standard fields, for matching
 * and import, and lets it write the fields the org's admin made for the purpose, as an admin who maps them would grant.
 */
export const profiles: Record<UserName, Profile> = {
  integration: {
    name: 'Minimum Access - API Only Integrations',
    license: 'Salesforce Integration',
    licenseKey: 'SFDC_INTEGRATION',
    systemPermissions: ['PermissionsApiEnabled', 'PermissionsApiUserOnly'],
    dataObjects: null,
    field: (field) => ({ readable: true, editable: field.custom }),
    permissionSets: ['Upflow_Integration'],
  },
  admin: {
    name: 'System Administrator',
    license: 'Salesforce',
    licenseKey: 'SFDC',
    systemPermissions: [
      'PermissionsApiEnabled',
      'PermissionsCustomizeApplication',
      'PermissionsEditTask',
      'PermissionsManageProfilesPermissionsets',
      'PermissionsManageUsers',
      'PermissionsModifyAllData',
      'PermissionsTransferAnyEntity',
      'PermissionsViewAllData',
      'PermissionsViewSetup',
    ],
    dataObjects: everything,
    field: () => ({ readable: true, editable: true }),
    permissionSets: ['Upflow_Admin'],
  },
  rep: {
    name: 'Standard User',
    license: 'Salesforce',
    licenseKey: 'SFDC',
    systemPermissions: ['PermissionsApiEnabled', 'PermissionsEditTask', 'PermissionsViewSetup'],
    dataObjects: { ...everything, delete: false, viewAll: false, modifyAll: false },
    field: (field) => ({ readable: true, editable: !field.custom }),
    permissionSets: ['Upflow_Viewer'],
  },
};
