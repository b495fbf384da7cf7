import { z } from 'zod';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';

export const standingTable = '_user_standing';

/** What an admin, or time, has done to a user. All may be left out of a change. */
export const standingChange = z.strictObject({
  active: z.boolean().optional(),
  /** Kept from signing in without being deactivated. */
  frozen: z.boolean().optional(),
  /** The permission API Enabled. */
  apiEnabled: z.boolean().optional(),
  passwordExpired: z.boolean().optional(),
  /** May use the API and nothing else, so cannot log in on a page. */
  apiOnly: z.boolean().optional(),
  /** The permission Approve Uninstalled Connected Apps. */
  approvesUninstalledApps: z.boolean().optional(),
});

export type StandingChange = z.infer<typeof standingChange>;
export type Standing = Required<{ [Key in keyof StandingChange]: boolean }>;

/** How a user stands at present. What was not changed here is as profile and permission sets have it. */
export function readStanding(org: SimulatedOrg, user: UserName): Standing {
  const kept = standingChange.parse(org.store.get(standingTable, user) ?? {});
  const permissions = org.systemPermissionsOf(user);
  return {
    frozen: kept.frozen ?? false,
    apiEnabled: kept.apiEnabled ?? permissions.has('PermissionsApiEnabled'),
    passwordExpired: kept.passwordExpired ?? false,
    apiOnly: kept.apiOnly ?? permissions.has('PermissionsApiUserOnly'),
    approvesUninstalledApps: kept.approvesUninstalledApps ?? user === 'admin',
    active: org.store.get('User', org.users[user].id)?.IsActive !== false,
  };
}

/** Whether the user may sign in by any flow. */
export function maySignIn(org: SimulatedOrg, user: UserName): boolean {
  const { active, frozen } = readStanding(org, user);
  return active && !frozen;
}

/** Changes how a user stands. The sessions of one who may sign in no longer end, and do not come back. */
export function changeStanding(org: SimulatedOrg, user: UserName, change: StandingChange): Standing {
  const { active, ...rest } = change;
  if (active !== undefined) org.store.put('User', org.users[user].id, { IsActive: active });
  org.store.put(standingTable, user, rest as Record<string, boolean>);
  if (!maySignIn(org, user)) org.sessions.endSessions((grant) => grant.user === user);
  org.store.commit();
  return readStanding(org, user);
}
