import type { Kysely } from 'kysely';
import { storePushes, type AcceptedPush } from '../store/pushes.ts';
export type { AcceptedPush } from '../store/pushes.ts';
import type { Tables } from '../store/tables.ts';

/** Thrown when so many pushes wait to be stored that the sender had better come back later. */
export class StoreOverloaded extends Error {
  constructor() {
    super('Too many pushes wait to be stored');
    this.name = 'StoreOverloaded';
  }
}

export interface PushStore {
  /**
   * Keeps a push. When the promise resolves the push is on disk, and 202 may be answered.
   *
   * @throws {StoreOverloaded}
   */
  store(push: AcceptedPush): Promise<void>;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
}

export interface PushStoreOptions {
  /** Told which connections may have new pushes, after each transaction. */
  onStored: (connectionIds: ReadonlySet<string>) => void;
  /** Transactions under way at once: one on a database with a single session. */
  flights: number;
  maxRows?: number;
  maxWaiting?: number;
  /** Characters of bodies that may wait at once: what bounds the memory when pushes are large. */
  maxWaitingLength?: number;
}

interface Waiting {
  push: AcceptedPush;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit: all pushes that arrive while a transaction is under way share the next one, so that one
 * fsync serves many of them. Nothing is answered before its own transaction committed.
 */
export function createPushStore(db: Kysely<Tables>, options: PushStoreOptions): PushStore {
  const { onStored, flights, maxRows = 500, maxWaiting = 10_000, maxWaitingLength = 50_000_000 } = options;
  let waiting: Waiting[] = [];
  let underWay = 0;
  let waitingLength = 0;
  let planned = false;
  let onIdle: (() => void)[] = [];

  function plan(): void {
    if (planned || waiting.length === 0 || underWay >= flights) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      void flush();
    });
  }

  async function flush(): Promise<void> {
    const group = waiting.slice(0, maxRows);
    waiting = waiting.slice(maxRows);
    waitingLength -= group.reduce((length, { push }) => length + push.body.length, 0);
    underWay++;
    plan();
    try {
      await storePushes(
        db,
        group.map(({ push }) => push),
      );
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    underWay--;
    plan();
    onStored(new Set(group.map(({ push }) => push.connectionId)));
    if (underWay === 0 && waiting.length === 0) {
      for (const resolve of onIdle) resolve();
      onIdle = [];
    }
  }

  return {
    store: (push) =>
      new Promise((resolve, reject) => {
        const isFull = waitingLength > 0 && waitingLength + push.body.length > maxWaitingLength;
        if (isFull || waiting.length >= maxWaiting) {
          reject(new StoreOverloaded());
          return;
        }
        waiting.push({ push, resolve, reject });
        waitingLength += push.body.length;
        plan();
      }),
    drain: () =>
      new Promise((resolve) => {
        if (underWay === 0 && waiting.length === 0) resolve();
        else onIdle.push(resolve);
      }),
  };
}
