import type { Kysely } from 'kysely';
import { SalesforceCallError } from '../salesforce/call-error.ts';
import { currentPurpose, type CallPurpose } from '../salesforce/call-purpose.ts';
import {
  readCallsByHour,
  readOrgUsage,
  saveOrgUsage,
  setCallsAside,
  type OrgUsage,
  type SetAside,
} from '../store/api-calls.ts';
import type { Tables } from '../store/tables.ts';
import type { Connection } from './connection.ts';

/** Calls that a process takes at once where there are plenty, so that not each of them costs a statement. */
const CALLS_AT_ONCE = 20;

/** Milliseconds after which calls that were taken and not made are given back with the next ones. */
const TAKEN_FOR_MS = 30_000;

/** Milliseconds between two notes of what the org says of its calls. */
const NOTE_EVERY_MS = 30_000;

const HOUR_IN_MS = 3_600_000;

/** How a connection stands with its API calls. */
export interface Budget {
  /** Calls in 24 hours; null while nobody has set a cap and the org has not said how many it has. */
  cap: number | null;
  used: number;
  /** Calls that may be made now for the export and the like; the rest of the cap is kept for people. */
  left: number;
  /** When more calls may be made, if none are left. */
  moreAt: Date | null;
  /** Calls of this calendar day, in UTC, if it goes on as in the last hours. */
  forecast: number;
  org: OrgUsage | undefined;
}

export type Capped = Pick<Connection, 'id' | 'apiCallCap'>;

export interface CallBudget {
  /** @throws {SalesforceCallError} `budget-spent` when no call is left */
  take(connection: Capped): Promise<void>;
  /** Notes what an answer says of the org's calls, as in `api-usage=18/5000`. */
  note(connectionId: string, limitInfo: string): void;
  /** Keeps what the org says when asked. */
  save(connectionId: string, usage: { used: number; max: number }): Promise<void>;
  read(connection: Capped): Promise<Budget>;
}

interface Taken extends SetAside {
  at: number;
  purpose: CallPurpose;
}

/**
 * Keeps each connection under its cap of API calls, across all processes.
 *
 * @param sharePercent of the org's calls that a connection may make where nobody set a cap
 */
export function openCallBudget(db: Kysely<Tables>, sharePercent: number): CallBudget {
  const taken = new Map<string, Taken>();
  const waiting = new Map<string, Promise<unknown>>();
  const noted = new Map<string, number>();

  async function capOf({ id, apiCallCap }: Capped): Promise<number | undefined> {
    return capFor(apiCallCap, (await readOrgUsage(db, id))?.max, sharePercent);
  }

  /** @returns how many calls there are now */
  async function fetchMore(connection: Capped, purpose: CallPurpose): Promise<number> {
    const cap = await capOf(connection);
    const limit = cap === undefined || purpose === 'person' ? cap : cap - reserveOf(cap);
    // Close to the limit calls are taken one by one: none may lie unused where another process needs it.
    const wanted = (left: number) => (left > CALLS_AT_ONCE * 10 ? CALLS_AT_ONCE : 1);
    const returned = taken.get(connection.id);
    taken.delete(connection.id);
    const aside = await setCallsAside(db, connection.id, wanted, limit, returned);
    taken.set(connection.id, { ...aside, at: Date.now(), purpose });
    return aside.calls;
  }

  async function take(connection: Capped): Promise<void> {
    const purpose = currentPurpose();
    const { id } = connection;
    for (;;) {
      // One at a time, so that two calls of this process do not both fetch some.
      await waiting.get(id);
      if (waiting.has(id)) continue;
      const some = taken.get(id);
      const isForUs = some?.purpose === purpose || purpose === 'person';
      if (some !== undefined && isForUs && some.calls > 0 && Date.now() - some.at < TAKEN_FOR_MS) {
        some.calls--;
        return;
      }
      const fetching = fetchMore(connection, purpose).finally(() => waiting.delete(id));
      waiting.set(id, Promise.allSettled([fetching]));
      if ((await fetching) > 0) continue;
      const { cap } = await read(connection);
      const problem = `No more of the ${cap ?? 0} API calls in 24 hours may be made now`;
      throw new SalesforceCallError('budget-spent', problem);
    }
  }

  async function read(connection: Capped): Promise<Budget> {
    const org = await readOrgUsage(db, connection.id);
    const cap = capFor(connection.apiCallCap, org?.max, sharePercent);
    const { now, hours } = await readCallsByHour(db, connection.id);
    const used = hours.reduce((sum, { calls }) => sum + calls, 0) - (taken.get(connection.id)?.calls ?? 0);
    const limit = cap === undefined ? Number.MAX_SAFE_INTEGER : cap - reserveOf(cap);
    return {
      cap: cap ?? null,
      used,
      left: Math.max(limit - used, 0),
      moreAt: findMoreAt(hours, used, limit),
      forecast: forecastDay(hours, now),
      org,
    };
  }

  return {
    take,
    read,
    save: (connectionId, usage) => saveOrgUsage(db, connectionId, usage),
    note(connectionId, limitInfo) {
      const [, used, max] = /(?:^|[\s;,])api-usage=(\d+)\/(\d+)/.exec(limitInfo) ?? [];
      if (used === undefined || max === undefined) return;
      if (Date.now() - (noted.get(connectionId) ?? 0) < NOTE_EVERY_MS) return;
      noted.set(connectionId, Date.now());
      // A note that is lost comes again with a later call.
      saveOrgUsage(db, connectionId, { used: Number(used), max: Number(max) }).catch(() =>
        noted.delete(connectionId),
      );
    },
  };
}

/** The cap that an admin set, or a share of what the org has. */
export function capFor(
  set: number | null,
  orgMax: number | undefined,
  sharePercent: number,
): number | undefined {
  if (set !== null) return set;
  return orgMax === undefined ? undefined : Math.floor((orgMax * sharePercent) / 100);
}

/** Calls of a cap that are kept for people. */
export function reserveOf(cap: number): number {
  return Math.min(10, Math.floor(cap / 10));
}

/** When enough calls have fallen out of the 24 hours for one more. */
export function findMoreAt(
  hours: readonly { hour: Date; calls: number }[],
  used: number,
  limit: number,
): Date | null {
  let left = limit - used;
  if (left > 0) return null;
  for (const { hour, calls } of hours) {
    left += calls;
    if (left > 0) return new Date(hour.getTime() + 25 * HOUR_IN_MS);
  }
  return null;
}

/** Calls of the calendar day of `now`, in UTC, if its rest goes on like the last six hours. */
export function forecastDay(hours: readonly { hour: Date; calls: number }[], now: Date): number {
  const dayStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const sumSince = (moment: number) =>
    hours.filter(({ hour }) => hour.getTime() >= moment).reduce((sum, { calls }) => sum + calls, 0);
  const [first] = hours;
  if (first === undefined) return 0;
  const hourStart = Math.floor(now.getTime() / HOUR_IN_MS) * HOUR_IN_MS;
  const recentStart = Math.max(hourStart - 5 * HOUR_IN_MS, first.hour.getTime());
  const recentHours = Math.max((now.getTime() - recentStart) / HOUR_IN_MS, 1);
  const restInHours = (dayStart + 24 * HOUR_IN_MS - now.getTime()) / HOUR_IN_MS;
  return Math.round(sumSince(dayStart) + (sumSince(recentStart) / recentHours) * restInHours);
}
