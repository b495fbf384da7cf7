import type { Row } from './rows.ts';

interface Write<Kind extends Row> {
  /** What it was before; undefined where it did not exist. */
  before: Kind | undefined;
  /** When lists begin to show the write, in milliseconds of this process. */
  shownAt: number;
}

/** The writes of a list that its pages do not show yet: Upflow promises nothing about how soon they do. */
export class RecentWrites<Kind extends Row> {
  readonly #writes = new Map<number, Write<Kind>[]>();

  note(seq: number, before: Kind | undefined, delayMs: number): void {
    if (delayMs === 0 && !this.#writes.has(seq)) return;
    const writes = this.#writes.get(seq) ?? [];
    writes.push({ before, shownAt: performance.now() + delayMs });
    this.#writes.set(seq, writes);
  }

  /** Rows that lists still show as they were, by `seq`; undefined for those that lists do not show at all. */
  hidden(): Map<number, Kind | undefined> {
    const now = performance.now();
    const hidden = new Map<number, Kind | undefined>();
    for (const [seq, writes] of this.#writes) {
      const first = writes.find(({ shownAt }) => shownAt > now);
      if (first === undefined) this.#writes.delete(seq);
      else hidden.set(seq, first.before);
    }
    return hidden;
  }

  clear(): void {
    this.#writes.clear();
  }
}
