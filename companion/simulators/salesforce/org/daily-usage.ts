import type { Clock } from './clock.ts';

const HOUR_IN_MS = 3_600_000;
const HOURS = 24;

/** The API calls of the last 24 hours, counted by the hour. */
export class DailyUsage {
  readonly #clock: Clock;
  #byHour = new Map<number, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls within the last 24 hours. */
  get used(): number {
    const oldest = this.#hour() - HOURS;
    let used = 0;
    for (const [hour, calls] of this.#byHour) {
      if (hour > oldest) used += calls;
      else this.#byHour.delete(hour);
    }
    return used;
  }

  countCall(): void {
    const hour = this.#hour();
    this.#byHour.set(hour, (this.#byHour.get(hour) ?? 0) + 1);
  }

  /** As if so many calls had been made in this hour, and none before. */
  set(used: number): void {
    this.#byHour = new Map([[this.#hour(), used]]);
  }

  #hour(): number {
    return Math.floor(this.#clock.now() / HOUR_IN_MS);
  }
}
