/** The org's time: this machine's, and as far ahead of it as it was moved. */
export class Clock {
  #ahead = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Moves the org's time ahead, so that what ends after hours or days ends at once. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }

  /** Back to this machine's time. */
  reset(): void {
    this.#ahead = 0;
  }
}
