import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { readLatestActivityId, readRecentActivity, type Activity } from '../store/activity.ts';
import type { Tables } from '../store/tables.ts';

const POLL_INTERVAL_IN_MS = 1000;

/** Entries that one look at the table takes; of a larger burst only the latest are told. */
const ENTRIES_PER_POLL = 500;

/** Ids that are remembered as told. */
const REMEMBERED = 5000;

/** Tells what happens, on whichever process, to all who watch here: one look at the table a second for all of them. */
export interface ActivityHub {
  /** Resolves once every later entry is told. @returns how to stop listening */
  listen(connectionId: string, tell: (entry: Activity) => void): Promise<() => void>;
}

export function openActivityHub(db: Kysely<Tables>, log: Logger): ActivityHub {
  const listeners = new Set<{ connectionId: string; tell: (entry: Activity) => void }>();
  let told = new Set<number>();
  let latest = 0;
  let timer: NodeJS.Timeout | undefined;
  let starting: Promise<void> | undefined;

  async function start(): Promise<void> {
    latest = await readLatestActivityId(db);
    told = new Set((await readRecentActivity(db, latest, REMEMBERED)).map(({ id }) => id));
    plan();
  }

  function plan(): void {
    timer = setTimeout(() => void poll(), POLL_INTERVAL_IN_MS);
    timer.unref();
  }

  async function poll(): Promise<void> {
    try {
      const entries = await readRecentActivity(db, latest, ENTRIES_PER_POLL);
      for (const entry of entries) {
        if (told.has(entry.id)) continue;
        told.add(entry.id);
        latest = Math.max(latest, entry.id);
        for (const { connectionId, tell } of listeners) if (connectionId === entry.connectionId) tell(entry);
      }
      if (told.size > REMEMBERED) told = new Set([...told].toSorted((a, b) => a - b).slice(-REMEMBERED / 2));
    } catch (error) {
      log.warn({ err: error }, 'activity could not be read');
    }
    if (listeners.size > 0) plan();
    else starting = undefined;
  }

  return {
    async listen(connectionId, tell) {
      const listener = { connectionId, tell };
      listeners.add(listener);
      starting ??= start();
      try {
        await starting;
      } catch (error) {
        listeners.delete(listener);
        starting = undefined;
        throw error;
      }
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
