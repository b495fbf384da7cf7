import type { Clock } from '../org/clock.ts';

const SWEPT_ABOVE = 10_000;

/** A lock that is held at present, and until when. */
export interface HeldLock {
  id: string;
  until: number;
}

/** The records that writes under way hold, each until a time that is known when the write starts. */
export class RowLocks {
  readonly #clock: Clock;
  #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What one request, or one piece of a job, is going to lock. */
  open(lockWaitMs: number): LockRequest {
    return new LockRequest(this, lockWaitMs);
  }

  hold(ids: Iterable<string>, milliseconds: number): void {
    if (milliseconds <= 0) return;
    const until = this.#clock.now() + milliseconds;
    for (const id of ids) this.#until.set(id, Math.max(until, this.#until.get(id) ?? 0));
    if (this.#until.size > SWEPT_ABOVE)
      this.#until = new Map(this.list().map((lock) => [lock.id, lock.until]));
  }

  /** For how long somebody still holds a record. */
  remaining(id: string): number {
    const until = this.#until.get(id);
    return until === undefined ? 0 : Math.max(0, until - this.#clock.now());
  }

  list(): HeldLock[] {
    const held = [...this.#until].map(([id, until]) => ({ id, until }));
    return held.filter(({ id }) => this.remaining(id) > 0);
  }

  clear(): void {
    this.#until.clear();
  }
}

/**
 * The locks of one request. Handlers do not wait, so the request works at once and lasts longer instead: as long as the
 * holder of a row still takes, or, for a row that stays held for longer than anybody waits, as long as that wait.
 */
export class LockRequest {
  readonly #locks: RowLocks;
  readonly #lockWaitMs: number;
  readonly #taken = new Set<string>();
  /** How long the request waits for others. */
  waitMs = 0;

  constructor(locks: RowLocks, lockWaitMs: number) {
    this.#locks = locks;
    this.#lockWaitMs = lockWaitMs;
  }

  /** Takes all of these records, or none. @returns those that it waited for in vain */
  take(ids: readonly string[]): string[] {
    const waits = ids.map((id) => this.#locks.remaining(id));
    const longest = Math.max(0, ...waits);
    this.waitMs = Math.max(this.waitMs, Math.min(longest, this.#lockWaitMs));
    if (longest > this.#lockWaitMs) {
      return ids.filter((_id, index) => (waits[index] ?? 0) > this.#lockWaitMs);
    }
    for (const id of ids) this.#taken.add(id);
    return [];
  }

  /** Holds all that was taken from now on: until the request is answered. */
  holdFor(milliseconds: number): void {
    this.#locks.hold(this.#taken, milliseconds);
  }
}
