import { randomBytes } from 'node:crypto';
import { userNames, type UserName } from '../org/sample-users.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { StoredRecord } from '../store/stored-record.ts';

export const accessTable = '_access_token';
export const refreshTable = '_refresh_token';
const MINUTE_IN_MS = 60_000;
const FORGOTTEN_AFTER_MS = 7 * 24 * 60 * MINUTE_IN_MS;

/** All that a Salesforce client needs to work as a user. */
export interface OpenedSession {
  accessToken: string;
  refreshToken: string;
  instanceUrl: string;
  userId: string;
  organizationId: string;
  username: string;
}

/** Whose a living access token is, and for how long. */
export interface TokenState {
  user: UserName;
  issuedAt: number;
  expiresAt: number;
}

export type RefreshOutcome =
  { ok: true; accessToken: string; refreshToken: string | null; user: UserName } | { ok: false };

/**
 * Access and refresh tokens, kept with the records so that a restart ends no session. The tokens that come from one
 * approval are a family: using a refresh token that was rotated away ends them all.
 */
export class Sessions {
  readonly #store: RecordStore;
  readonly #organizationId: string;
  readonly #settings: () => { sessionMinutes: number; refreshTokenRotation: boolean };

  constructor(
    store: RecordStore,
    organizationId: string,
    settings: () => { sessionMinutes: number; refreshTokenRotation: boolean },
  ) {
    this.#store = store;
    this.#organizationId = organizationId;
    this.#settings = settings;
    this.#forgetOld();
  }

  /** A new family: an access token and the refresh token that outlives it. */
  open(user: UserName): { accessToken: string; refreshToken: string } {
    const family = randomBytes(9).toString('base64url');
    const tokens = {
      accessToken: this.#issueAccess(user, family),
      refreshToken: this.#issueRefresh(user, family),
    };
    this.#store.commit();
    return tokens;
  }

  /** An access token without a refresh token, as the client-credentials flow gives it. */
  openAccessOnly(user: UserName): string {
    const token = this.#issueAccess(user, randomBytes(9).toString('base64url'));
    this.#store.commit();
    return token;
  }

  refresh(refreshToken: string): RefreshOutcome {
    const row = this.#store.get(refreshTable, refreshToken);
    const user = readUser(row);
    if (row === undefined || user === null) return { ok: false };
    const family = String(row.family);
    if (row.rotatedAway === true) {
      this.#revokeFamily(family);
      return { ok: false };
    }
    const accessToken = this.#issueAccess(user, family);
    const rotates = this.#settings().refreshTokenRotation;
    if (rotates) this.#store.put(refreshTable, refreshToken, { rotatedAway: true });
    const next = rotates ? this.#issueRefresh(user, family) : null;
    this.#store.commit();
    return { ok: true, accessToken, refreshToken: next, user };
  }

  /** Ends an access token, or a refresh token with all that came from it. Says whether there was one. */
  revoke(token: string): boolean {
    const refresh = this.#store.get(refreshTable, token);
    if (refresh !== undefined) this.#revokeFamily(String(refresh.family));
    const known = refresh !== undefined || this.#store.get(accessTable, token) !== undefined;
    this.expire(token);
    return known;
  }

  expire(accessToken: string): void {
    this.#store.remove(accessTable, accessToken);
    this.#store.commit();
  }

  findUser(accessToken: string): UserName | null {
    return this.inspect(accessToken)?.user ?? null;
  }

  /** Whose the access token is and how long it lives, or null where it lives no longer. */
  inspect(accessToken: string): TokenState | null {
    const row = this.#store.get(accessTable, accessToken);
    const user = readUser(row);
    if (row === undefined || user === null) return null;
    const issuedAt = Number(row.issuedAt);
    const expiresAt = issuedAt + this.#settings().sessionMinutes * MINUTE_IN_MS;
    return expiresAt > Date.now() ? { user, issuedAt, expiresAt } : null;
  }

  /** Every page view opens a session: without this the journal would keep them all. */
  #forgetOld(): void {
    const oldest = Date.now() - FORGOTTEN_AFTER_MS;
    for (const [token, row] of this.#store.rows(accessTable)) {
      if (Number(row.issuedAt) < oldest) this.#store.remove(accessTable, token);
    }
    this.#store.commit();
  }

  #issueAccess(user: UserName, family: string): string {
    // The form by which Salesforce's own tools recognise a token, in order to hide it in their logs.
    const secret = randomBytes(66).toString('base64url').replaceAll('-', '.');
    const token = `${this.#organizationId.slice(0, 15)}!AQ${secret}`;
    this.#store.put(accessTable, token, { user, family, issuedAt: Date.now() });
    return token;
  }

  #issueRefresh(user: UserName, family: string): string {
    const token = `5Aep861${randomBytes(54).toString('base64url').replaceAll('-', '.')}`;
    this.#store.put(refreshTable, token, { user, family });
    return token;
  }

  #revokeFamily(family: string): void {
    for (const table of [accessTable, refreshTable]) {
      for (const token of this.#store.find(table, 'family', family) ?? []) this.#store.remove(table, token);
    }
    this.#store.commit();
  }
}

function readUser(row: StoredRecord | undefined): UserName | null {
  return userNames.find((name) => name === row?.user) ?? null;
}
