import { LightningElement, api } from 'lwc';

/** @type {Record<string, string>} */
const ICONS = {
  success: 'utility:success',
  info: 'utility:info',
  lock: 'utility:lock',
  warning: 'utility:warning',
  error: 'utility:error'
};

export default class UpflowNotice extends LightningElement {
  /**
   * One of success, info, lock, warning, error.
   * @type {string}
   */
  @api variant = 'info';

  /** One plain sentence: what is so, and what to do. */
  @api message = '';

  get noticeClass() {
    return `notice ${this.variant}`;
  }

  get iconName() {
    return ICONS[this.variant] ?? ICONS.info;
  }

  get iconVariant() {
    return ['success', 'warning', 'error'].includes(this.variant) ? this.variant : '';
  }

  /** A failure interrupts the screen reader; any other state waits for its turn. */
  get role() {
    return this.variant === 'error' ? 'alert' : 'status';
  }
}
