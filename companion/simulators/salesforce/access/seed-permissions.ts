import { insertRecord } from '../org/insert-record.ts';
import { userNames } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { assignPermissionSets } from './assign-permission-sets.ts';
import { describeRights } from './install-permission-sets.ts';
import { profiles, type Profile } from './profiles.ts';

/** Gives each user a profile, with the permission set that every profile owns, and the package's sets. */
export function seedPermissions(org: SimulatedOrg): void {
  const options = { userId: org.users.admin.id };
  const licenses = new Map<string, string>();
  for (const name of userNames) {
    const profile = profiles[name];
    const licenseId = licenses.get(profile.license) ?? insertLicense(org, profile);
    licenses.set(profile.license, licenseId);
    const system = Object.fromEntries(profile.systemPermissions.map((permission) => [permission, true]));
    const profileId = insertRecord(
      org,
      'Profile',
      { Name: profile.name, UserLicenseId: licenseId, UserType: 'Standard', ...system },
      options,
    );
    const setId = insertRecord(
      org,
      'PermissionSet',
      {
        Name: `X${profileId.slice(0, 15)}`,
        Label: `00ex${profileId.slice(3, 15)}`,
        ProfileId: profileId,
        LicenseId: licenseId,
        IsOwnedByProfile: true,
        IsCustom: false,
        Type: 'Profile',
        ...system,
      },
      options,
    );
    const userId = org.users[name].id;
    org.store.put('User', userId, { ProfileId: profileId });
    insertRecord(org, 'PermissionSetAssignment', { PermissionSetId: setId, AssigneeId: userId }, options);
    grantProfile(org, profile, setId);
    assignPermissionSets(org, name, profile.permissionSets);
  }
}

function insertLicense(org: SimulatedOrg, profile: Profile): string {
  const values = {
    Name: profile.license,
    MasterLabel: profile.license,
    LicenseDefinitionKey: profile.licenseKey,
    TotalLicenses: 5,
    Status: 'Active',
  };
  return insertRecord(org, 'UserLicense', values, { userId: org.users.admin.id });
}

/** A profile knows the fields that the org itself has. Those of the package are left to its permission sets. */
function grantProfile(org: SimulatedOrg, profile: Profile, setId: string): void {
  const options = { userId: org.users.admin.id };
  const isPackaged = (name: string): boolean => name.startsWith(`${org.installed.namespace}__`);
  for (const object of org.schema.values()) {
    if (!object.isData || isPackaged(object.name)) continue;
    const named = { ParentId: setId, SobjectType: object.name };
    if (profile.dataObjects !== null) {
      insertRecord(org, 'ObjectPermissions', { ...named, ...describeRights(profile.dataObjects) }, options);
    }
    for (const field of object.fields.values()) {
      if (!field.permissionable || isPackaged(field.name) || field.name.endsWith('__pc')) continue;
      const { readable, editable } = profile.field(field);
      const security = { PermissionsRead: readable, PermissionsEdit: editable && field.writable };
      insertRecord(
        org,
        'FieldPermissions',
        { ...named, Field: `${object.name}.${field.name}`, ...security },
        options,
      );
    }
  }
}
