import { LightningElement, api } from 'lwc';
import { formatMoney, formatShare } from 'c/upflowFormat';
import HEADING from '@salesforce/label/c.Ageing';

/**
 * @typedef {object} Bucket
 * @property {string} key names the colour: due, late1, late2, late3 or late4
 * @property {string} label
 * @property {number} amount
 */

export default class UpflowAgeingBar extends LightningElement {
  /**
   * From not yet due to the latest.
   * @type {Bucket[]}
   */
  @api buckets = [];

  /** ISO code that the amounts are in. */
  @api currency = 'USD';

  heading = HEADING;

  /** A bucket of credit counts for nothing in the bar; the legend still names its amount. */
  get total() {
    return this.buckets.reduce((sum, { amount }) => sum + Math.max(amount, 0), 0);
  }

  get rows() {
    return this.buckets.map(({ key, label, amount }) => ({
      key,
      label,
      amount: formatMoney(amount, this.currency),
      share: this.total > 0 && amount > 0 ? formatShare(amount / this.total) : '',
      dotClass: `dot ${key}`,
      rowClass: amount === 0 ? 'row quiet' : 'row'
    }));
  }

  get segments() {
    return this.buckets
      .filter(({ amount }) => amount > 0)
      .map(({ key, amount }) => ({
        key,
        segmentClass: `segment ${key}`,
        style: `flex-grow: ${amount / this.total}`
      }));
  }

  get hasSegments() {
    return this.segments.length > 0;
  }
}
