import { api, LightningElement } from 'lwc';
import { formatNumber } from '../../../format.ts';

const HEIGHT = 100;
const TIME = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' });

/** Accounts written in each minute, as bars; in words for those who do not see them. */
export default class Throughput extends LightningElement {
  @api minutes: { at: string; written: number }[] = [];

  get most(): number {
    return Math.max(1, ...this.minutes.map(({ written }) => written));
  }

  get bars(): { key: string; x: number; y: number; height: number }[] {
    return this.minutes.map(({ at, written }, index) => {
      const height = (written / this.most) * HEIGHT;
      return { key: at, x: index * 10 + 1, y: HEIGHT - height, height };
    });
  }

  get viewBox(): string {
    return `0 0 ${Math.max(1, this.minutes.length) * 10} ${HEIGHT}`;
  }

  get hasBars(): boolean {
    return this.minutes.some(({ written }) => written > 0);
  }

  get summary(): string {
    const last = this.minutes.at(-1)?.written ?? 0;
    return `${formatNumber(last)} in the last minute, at most ${formatNumber(this.most)} in a minute`;
  }

  get from(): string {
    const [first] = this.minutes;
    return first ? TIME.format(new Date(first.at)) : '';
  }

  get until(): string {
    const last = this.minutes.at(-1);
    return last ? TIME.format(new Date(last.at)) : '';
  }
}
