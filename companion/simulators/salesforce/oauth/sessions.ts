import { randomBytes } from 'node:crypto';
import type { Clock } from '../org/clock.ts';
import type { Identity } from '../org/org-identity.ts';
import { DAY_IN_MS, MINUTE_IN_MS } from '../org/salesforce-times.ts';
import type { UserName } from '../org/sample-users.ts';
import type { Settings } from '../org/settings.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { App } from './app.ts';
import { Grants, lapsesAt, type Grant, type GrantRequest } from './grants.ts';

export const accessTable = '_access_token';
export const refreshTable = '_refresh_token';
const FORGOTTEN_AFTER_MS = 7 * DAY_IN_MS;

/** All that a Salesforce client needs to work as a user. */
export interface OpenedSession {
  accessToken: string;
  refreshToken: string;
  instanceUrl: string;
  userId: string;
  organizationId: string;
  username: string;
}

/** A living token; without an end where nothing but a revocation ends it. */
export interface TokenState {
  grant: Grant;
  issuedAt: number;
  expiresAt: number | null;
}

export interface GrantedTokens {
  accessToken: string;
  refreshToken: string | null;
  grant: Grant;
}

export type RefreshOutcome = ({ ok: true } & GrantedTokens) | { ok: false };

/** Access and refresh tokens, kept with the records so that a restart ends no session. */
export class Sessions {
  readonly #store: RecordStore;
  readonly #identity: Identity;
  readonly #clock: Clock;
  readonly #settings: () => Settings;
  readonly #grants: Grants;

  constructor(store: RecordStore, identity: Identity, clock: Clock, settings: () => Settings) {
    this.#store = store;
    this.#identity = identity;
    this.#clock = clock;
    this.#settings = settings;
    this.#grants = new Grants(store);
    this.#forgetOld();
  }

  /** A session of the default app that nobody had to approve, with a refresh token that outlives it. */
  open(user: UserName): { accessToken: string; refreshToken: string } {
    const { clientId } = this.#identity;
    const request = { user, clientId, scope: 'refresh_token api', withRefresh: true, approved: false };
    const { accessToken, refreshToken } = this.grant(request);
    return { accessToken, refreshToken: refreshToken ?? '' };
  }

  /** A new family of tokens. One approval too many of the same user and app ends the oldest. */
  grant(request: GrantRequest): GrantedTokens {
    const grant = this.#grants.add(request, this.#clock.now());
    const accessToken = this.#issueAccess(grant);
    const refreshToken = request.withRefresh ? this.#issueRefresh(grant) : null;
    const approvals = this.approvals(request.user, request.clientId);
    const tooMany = Math.max(0, approvals.length - this.#settings().approvalsPerUserAndApp);
    for (const oldest of approvals.slice(0, tooMany)) this.#removeFamily(oldest.family);
    this.#store.commit();
    return { accessToken, refreshToken, grant };
  }

  /** The user's approvals of an app that came with a refresh token, the oldest first. */
  approvals(user: UserName, clientId: string): Grant[] {
    const concerns = (grant: Grant): boolean => grant.user === user && grant.clientId === clientId;
    return this.#grants.list().filter((grant) => grant.approved && grant.withRefresh && concerns(grant));
  }

  /** Exchanges a refresh token of the app for a new session. */
  refresh(refreshToken: string, app: App): RefreshOutcome {
    const row = this.#store.get(refreshTable, refreshToken);
    const grant = this.#grants.find(String(row?.family));
    if (grant?.clientId !== app.clientId) return { ok: false };
    if (row?.rotatedAway === true) this.revokeFamily(grant.family);
    if (row?.rotatedAway === true || this.#hasLapsed(grant, app)) return { ok: false };
    const accessToken = this.#issueAccess(grant);
    const rotates = app.refreshTokenRotation || this.#settings().refreshTokenRotation;
    if (rotates) this.#store.put(refreshTable, refreshToken, { rotatedAway: true });
    const next = rotates ? this.#issueRefresh(grant) : null;
    this.#grants.touch(grant.family, this.#clock.now());
    this.#store.commit();
    return { ok: true, accessToken, refreshToken: next, grant };
  }

  /** Whose the access token is and how long it lives, or null where it lives no longer. */
  inspect(accessToken: string): (TokenState & { expiresAt: number }) | null {
    const row = this.#store.get(accessTable, accessToken);
    const grant = this.#grants.find(String(row?.family));
    if (row === undefined || grant === null) return null;
    const expiresAt = startOf(row) + this.#settings().sessionMinutes * MINUTE_IN_MS;
    return expiresAt > this.#clock.now() ? { grant, issuedAt: Number(row.issuedAt), expiresAt } : null;
  }

  /** The same of a refresh token of the app. */
  inspectRefresh(refreshToken: string, app: App): TokenState | null {
    const row = this.#store.get(refreshTable, refreshToken);
    const grant = this.#grants.find(String(row?.family));
    if (grant === null || row?.rotatedAway === true || this.#hasLapsed(grant, app)) return null;
    return { grant, issuedAt: grant.grantedAt, expiresAt: lapsesAt(grant, app) };
  }

  /** A use in the second half of a session's time starts that time anew. */
  extend(accessToken: string): void {
    const row = this.#store.get(accessTable, accessToken);
    const half = (this.#settings().sessionMinutes * MINUTE_IN_MS) / 2;
    if (row === undefined || this.#clock.now() < startOf(row) + half) return;
    this.#store.put(accessTable, accessToken, { startedAt: this.#clock.now() });
    this.#store.commit();
  }

  /** Ends an access token, or a refresh token with all that came from it. Says whether there was one. */
  revoke(token: string): boolean {
    const refresh = this.#store.get(refreshTable, token);
    const known = refresh !== undefined || this.#store.get(accessTable, token) !== undefined;
    if (refresh !== undefined) this.#removeFamily(String(refresh.family));
    this.expire(token);
    return known;
  }

  expire(accessToken: string): void {
    this.#store.remove(accessTable, accessToken);
    this.#store.commit();
  }

  /** Ends the access tokens of those grants; their refresh tokens stay. The caller commits. */
  endSessions(concerns: (grant: Grant) => boolean): void {
    for (const { family } of this.#grants.list().filter(concerns)) this.#removeTokens(accessTable, family);
  }

  /** Ends everything that was granted to an app. */
  revokeApp(clientId: string): void {
    const ofApp = this.#grants.list().filter((grant) => grant.clientId === clientId);
    for (const { family } of ofApp) this.#removeFamily(family);
    this.#store.commit();
  }

  revokeFamily(family: string): void {
    this.#removeFamily(family);
    this.#store.commit();
  }

  #removeFamily(family: string): void {
    this.#removeTokens(accessTable, family);
    this.#removeTokens(refreshTable, family);
    this.#grants.remove(family);
  }

  #removeTokens(table: string, family: string): void {
    for (const token of this.#store.find(table, 'family', family) ?? []) this.#store.remove(table, token);
  }

  #hasLapsed(grant: Grant, app: App): boolean {
    return (lapsesAt(grant, app) ?? Infinity) <= this.#clock.now();
  }

  /** Every page view opens a session: without this the journal would keep them all. */
  #forgetOld(): void {
    const oldest = this.#clock.now() - FORGOTTEN_AFTER_MS;
    for (const [token, row] of [...this.#store.rows(accessTable)]) {
      if (startOf(row) < oldest) this.#store.remove(accessTable, token);
    }
    for (const { family, withRefresh, approved } of this.#grants.list()) {
      const isUnused = this.#store.find(accessTable, 'family', family)?.length === 0;
      if (isUnused && !withRefresh && !approved) this.#grants.remove(family);
    }
    this.#store.commit();
  }

  #issueAccess({ family }: Grant): string {
    // The form by which Salesforce's own tools recognise a token, in order to hide it in their logs.
    const secret = randomBytes(66).toString('base64url').replaceAll('-', '.');
    const token = `${this.#identity.organizationId.slice(0, 15)}!AQ${secret}`;
    this.#store.put(accessTable, token, { family, issuedAt: this.#clock.now() });
    return token;
  }

  #issueRefresh({ family }: Grant): string {
    const token = `5Aep861${randomBytes(54).toString('base64url').replaceAll('-', '.')}`;
    this.#store.put(refreshTable, token, { family });
    return token;
  }
}

function startOf(row: StoredRecord): number {
  return Number(row.startedAt ?? row.issuedAt);
}
