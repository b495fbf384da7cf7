import { api, LightningElement } from 'lwc';

/** A value to take elsewhere: shown in full, copied with a button. */
export default class CopySecret extends LightningElement {
  @api label = '';
  @api value = '';
  /** What is said below it, for example that it is shown only now. */
  @api note = '';

  said = '';

  async handleCopy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.value);
      this.said = 'Copied';
    } catch {
      const field = this.template?.querySelector('input');
      field?.focus();
      field?.select();
      this.said = 'Selected: press Ctrl+C to copy';
    }
  }
}
