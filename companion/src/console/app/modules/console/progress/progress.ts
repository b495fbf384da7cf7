import { api, LightningElement } from 'lwc';

/** How far something has come, in a bar and in words that are read out as they change. */
export default class Progress extends LightningElement {
  @api label = '';
  /** From 0 to 100. */
  @api percent = 0;
  @api text = '';

  get rounded(): number {
    return Math.max(0, Math.min(100, Math.round(this.percent)));
  }

  get fillStyle(): string {
    return `inline-size: ${this.rounded}%`;
  }
}
