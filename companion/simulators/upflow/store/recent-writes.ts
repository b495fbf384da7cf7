import type { Row } from './rows.ts';

interface Write<Kind extends Row> {
  /** What it was before; undefined where it did not exist. */
  before: Kind | undefined;
  /** In milliseconds of this process. */
  at: number;
}

/** The writes of a list that its pages do not show yet: Upflow promises nothing about how soon they do. */
export class RecentWrites<Kind extends Row> {
  readonly #writes = new Map<number, Write<Kind>[]>();

  note(seq: number, before: Kind | undefined, delayMs: number): void {
    if (delayMs === 0 && !this.#writes.has(seq)) return;
    const writes = this.#writes.get(seq) ?? [];
    writes.push({ before, at: performance.now() });
    this.#writes.set(seq, writes);
  }

  /** Rows that lists show as they were before that delay, by `seq`; undefined for those that they do not show at all. */
  hidden(delayMs: number): Map<number, Kind | undefined> {
    if (this.#writes.size === 0) return new Map();
    const shownUpTo = performance.now() - delayMs;
    const hidden = new Map<number, Kind | undefined>();
    for (const [seq, writes] of this.#writes) {
      const first = writes.find(({ at }) => at > shownUpTo);
      if (first === undefined) this.#writes.delete(seq);
      else hidden.set(seq, first.before);
    }
    return hidden;
  }

  clear(): void {
    this.#writes.clear();
  }
}
