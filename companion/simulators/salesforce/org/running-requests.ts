/** The API calls that are being worked on at present. */
export class RunningRequests {
  readonly #startedAt = new Set<{ at: number }>();

  /** Notes that a call starts. @returns what notes its end */
  start(): () => void {
    const request = { at: performance.now() };
    this.#startedAt.add(request);
    return () => {
      this.#startedAt.delete(request);
    };
  }

  /** How many calls have been running for at least so long. */
  countLongerThan(milliseconds: number): number {
    const latest = performance.now() - milliseconds;
    return [...this.#startedAt].filter(({ at }) => at <= latest).length;
  }
}
