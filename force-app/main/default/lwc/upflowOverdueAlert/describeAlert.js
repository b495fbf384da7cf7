import { countDaysSince, fill, formatMoney, formatNumber } from 'c/upflowFormat';
import AMOUNT from '@salesforce/label/c.Alert_Amount';
import INVOICES_MANY from '@salesforce/label/c.Invoices_Many';
import INVOICES_ONE from '@salesforce/label/c.Invoices_One';
import LATE_MANY from '@salesforce/label/c.Alert_Late_Many';
import LATE_ONE from '@salesforce/label/c.Alert_Late_One';
import PAUSED from '@salesforce/label/c.Alert_Paused';

/** @typedef {import('./readOverdue').Overdue} Overdue */

/**
 * What a rep must know before talking to the customer, or nothing where the customer is not late enough to matter.
 * @param {Overdue} overdue
 * @param {{ currency: string, minimumAmount: number, minimumDays: number }} options
 */
export function describeAlert(overdue, { currency, minimumAmount, minimumDays }) {
  const { amount, since, invoices } = overdue;
  if (typeof amount !== 'number' || amount <= 0 || amount < Number(minimumAmount)) return undefined;
  const days = since ? countDaysSince(since) : undefined;
  // An unknown age is no reason to keep silent about a known amount.
  if (days !== undefined && days < Number(minimumDays)) return undefined;
  const details = [];
  if (days !== undefined && days > 0) {
    details.push(fill(days === 1 ? LATE_ONE : LATE_MANY, formatNumber(days)));
  }
  if (typeof invoices === 'number' && invoices > 0) {
    details.push(fill(invoices === 1 ? INVOICES_ONE : INVOICES_MANY, formatNumber(invoices)));
  }
  if (overdue.collectionStatus === 'Paused') details.push(PAUSED);
  return {
    headline: fill(AMOUNT, formatMoney(amount, currency)),
    account: overdue.accountName ?? '',
    details: details.map((text, index) => ({ key: String(index), text }))
  };
}
