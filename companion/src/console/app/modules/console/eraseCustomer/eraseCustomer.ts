import { callApi } from '../../../api/call-api.ts';
import { ask } from '../../../shell/say.ts';
import { Page } from '../page/page.ts';

/** Erases one customer for good, once its id was typed. */
export default class EraseCustomer extends Page {
  get customerId(): string {
    return this.route?.customerId ?? '';
  }

  get typed(): string {
    return this.form.confirm ?? '';
  }

  get help(): string {
    return `Type ${this.customerId}`;
  }

  get confirmError(): string {
    return this.errorOf('confirm');
  }

  get isHeld(): boolean {
    return this.isBusy || this.typed.trim() !== this.customerId;
  }

  async handleErase(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isHeld) return;
    const isSure = await ask({
      title: 'Erase this customer?',
      message: 'All that is kept of it is deleted, and its Account is cleared. This cannot be taken back.',
      confirmLabel: 'Erase customer',
      isDestructive: true,
    });
    if (!isSure) return;
    const address = `${this.base}/customers/${encodeURIComponent(this.customerId)}/erase`;
    const isBegun = await this.act(
      () => callApi('POST', address, { confirm: this.customerId }),
      'The customer is being erased.',
    );
    if (isBegun) this.dispatchEvent(new CustomEvent('erased'));
  }
}
