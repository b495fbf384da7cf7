import type { Clock } from './clock.ts';
import { HOUR_IN_MS } from './salesforce-times.ts';

const HOURS = 24;

/** How much of something that the org gives by the day was used, counted by the hour. */
export class DailyUsage {
  readonly #clock: Clock;
  #byHour = new Map<number, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What was used within the last 24 hours. */
  get used(): number {
    const oldest = this.#hour() - HOURS;
    let used = 0;
    for (const [hour, count] of this.#byHour) {
      if (hour > oldest) used += count;
      else this.#byHour.delete(hour);
    }
    return used;
  }

  count(): void {
    const hour = this.#hour();
    this.#byHour.set(hour, (this.#byHour.get(hour) ?? 0) + 1);
  }

  /** As if so much had been used in this hour, and none before. */
  set(used: number): void {
    this.#byHour = new Map([[this.#hour(), used]]);
  }

  #hour(): number {
    return Math.floor(this.#clock.now() / HOUR_IN_MS);
  }
}
