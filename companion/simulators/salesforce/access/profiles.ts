import type { FieldDefinition } from '../schema/field-definition.ts';
import type { ObjectPermission } from '../schema/read-permission-set.ts';
import type { UserName } from '../org/sample-users.ts';

/** What a user may do before any permission set is assigned. */
export interface Profile {
  name: string;
  /** Rights on Account and Contact; the set-up objects can be read by everyone and written by no one. */
  dataObjects: ObjectPermission;
  /** Field-level security of the profile. It never covers the package's fields: its permission sets do. */
  field: (field: FieldDefinition) => { readable: boolean; editable: boolean };
  permissionSets: readonly string[];
}

const everything: ObjectPermission = { read: true, create: true, edit: true, delete: true };
const nothing: ObjectPermission = { read: false, create: false, edit: false, delete: false };

/**
 * An API-only user sees no object until a permission set opens it. Its profile shows the standard fields, for matching
 * and import, and lets it write the fields the org's admin made for the purpose, as an admin who maps them would grant.
 */
const profiles: Record<UserName, Profile> = {
  integration: {
    name: 'Minimum Access - API Only Integrations',
    dataObjects: nothing,
    field: (field) => ({ readable: true, editable: field.custom }),
    permissionSets: ['Upflow_Integration'],
  },
  admin: {
    name: 'System Administrator',
    dataObjects: everything,
    field: () => ({ readable: true, editable: true }),
    permissionSets: ['Upflow_Admin'],
  },
  rep: {
    name: 'Standard User',
    dataObjects: { ...everything, delete: false },
    field: (field) => ({ readable: true, editable: !field.custom }),
    permissionSets: ['Upflow_Viewer'],
  },
};

/** The profile of a user. */
export function profileOf(user: UserName): Profile {
  return profiles[user];
}
