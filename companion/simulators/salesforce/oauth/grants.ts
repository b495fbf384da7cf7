import { randomBytes } from 'node:crypto';
import { DAY_IN_MS } from '../org/salesforce-times.ts';
import { userNames, type UserName } from '../org/sample-users.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { App } from './app.ts';

const table = '_grant';

/** What a user lets an app do. */
export interface GrantRequest {
  user: UserName;
  clientId: string;
  scope: string;
  withRefresh: boolean;
  /** Whether the user approved it on the page: such grants count, and are remembered. */
  approved: boolean;
}

/** A grant that was given. All tokens that come from it are a family, and end together. */
export interface Grant extends GrantRequest {
  family: string;
  grantedAt: number;
  usedAt: number;
}

/** The grants of all apps, kept with the records. */
export class Grants {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  add(request: GrantRequest, now: number): Grant {
    const family = randomBytes(9).toString('base64url');
    const grant: Grant = { ...request, family, grantedAt: now, usedAt: now };
    this.#store.put(table, family, { ...grant });
    return grant;
  }

  touch(family: string, now: number): void {
    this.#store.put(table, family, { usedAt: now });
  }

  remove(family: string): void {
    this.#store.remove(table, family);
  }

  find(family: string): Grant | null {
    const row = this.#store.get(table, family);
    const user = userNames.find((name) => name === row?.user);
    if (row === undefined || user === undefined) return null;
    return {
      family,
      user,
      clientId: String(row.clientId),
      scope: String(row.scope),
      withRefresh: row.withRefresh === true,
      approved: row.approved === true,
      grantedAt: Number(row.grantedAt),
      usedAt: Number(row.usedAt),
    };
  }

  /** All of them, the oldest first. */
  list(): Grant[] {
    return [...this.#store.rows(table).keys()].flatMap((family) => this.find(family) ?? []);
  }
}

/** When the refresh token of a grant ends by the app's policy, or null where only a revocation ends it. */
export function lapsesAt(grant: Grant, app: App): number | null {
  const length = app.refreshTokenDays * DAY_IN_MS;
  if (app.refreshTokenPolicy === 'immediatelyExpire') return grant.grantedAt;
  if (app.refreshTokenPolicy === 'fixed') return grant.grantedAt + length;
  return app.refreshTokenPolicy === 'idle' ? grant.usedAt + length : null;
}
