import { randomBytes } from 'node:crypto';
import { MINUTE_IN_MS } from '../org/salesforce-times.ts';
import { userNames, type UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { maySignIn } from './user-standing.ts';

const table = '_browser_session';

/** Cookies are shared by all ports of a host, so the org is part of the name. */
function cookieName(org: SimulatedOrg): string {
  return `sid_${org.identity.organizationId}`;
}

/** Logs a user in to the pages; answers the cookie that says so. */
export function openBrowserSession(org: SimulatedOrg, user: UserName): string {
  const id = randomBytes(24).toString('base64url');
  org.store.put(table, id, { user, openedAt: org.clock.now() });
  org.store.commit();
  return `${cookieName(org)}=${id}; Path=/; HttpOnly; SameSite=Lax`;
}

/** The user who is logged in to the pages, or null. */
export function findBrowserUser(org: SimulatedOrg, cookies: string | undefined): UserName | null {
  const pairs = (cookies ?? '').split(/;\s*/).map((pair) => pair.split('='));
  const id = pairs.find(([name]) => name === cookieName(org))?.[1] ?? '';
  const row = org.store.get(table, id);
  const user = userNames.find((name) => name === row?.user);
  if (row === undefined || user === undefined || !maySignIn(org, user)) return null;
  const endsAt = Number(row.openedAt) + org.settings.sessionMinutes * MINUTE_IN_MS;
  return endsAt > org.clock.now() ? user : null;
}
