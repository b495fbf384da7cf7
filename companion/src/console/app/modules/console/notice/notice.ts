import { api, LightningElement } from 'lwc';

const ICONS: Record<string, string> = {
  good: 'utility:success',
  info: 'utility:info',
  warn: 'utility:warning',
  bad: 'utility:error',
};

/** A reason in three parts: what happened, what it means, what to do; with what helps in the slot. */
export default class Notice extends LightningElement {
  @api message = '';
  @api explanation = '';
  @api action = '';
  @api tone = 'warn';

  get className(): string {
    return `notice notice-${this.tone}`;
  }

  get icon(): string {
    return ICONS[this.tone] ?? 'utility:info';
  }

  get meaning(): string {
    return this.explanation === this.message ? '' : this.explanation;
  }
}
