import { fill, formatMoney, formatNumber, formatShare } from 'c/upflowFormat';
import DUE from '@salesforce/label/c.Due';
import INVOICES_MANY from '@salesforce/label/c.Invoices_Many';
import INVOICES_ONE from '@salesforce/label/c.Invoices_One';
import LATE_1_30 from '@salesforce/label/c.Late_1_30';
import LATE_31_60 from '@salesforce/label/c.Late_31_60';
import LATE_61_90 from '@salesforce/label/c.Late_61_90';
import LATE_OVER_90 from '@salesforce/label/c.Late_Over_90';
import OVERDUE from '@salesforce/label/c.Overdue';
import SHARE from '@salesforce/label/c.Share_Of_Outstanding';

/** @typedef {import('c/upflowAccount').Account} Account */

/** @param {number | null | undefined} count */
function countInvoices(count) {
  if (typeof count !== 'number') return '';
  return fill(count === 1 ? INVOICES_ONE : INVOICES_MANY, formatNumber(count));
}

/**
 * The balance itself; its note counts invoices only when both counts are known.
 * @param {Account} account
 * @param {string} currency
 */
export function describeBalance({ outstanding, overdueInvoices, dueInvoices }, currency) {
  if (typeof outstanding !== 'number') return undefined;
  const isCounted = typeof overdueInvoices === 'number' && typeof dueInvoices === 'number';
  return {
    amount: formatMoney(outstanding, currency),
    note: isCounted ? countInvoices(overdueInvoices + dueInvoices) : ''
  };
}

/**
 * Credits can make the balance smaller than its parts: a share above the whole would only confuse.
 * @param {number} part
 * @param {number | null | undefined} whole
 */
function describeShare(part, whole) {
  const isPart = part > 0 && typeof whole === 'number' && whole >= part;
  return isPart ? fill(SHARE, formatShare(part / whole)) : '';
}

/**
 * Drops what is blank or hidden from the user.
 * @template {object} Part
 * @param {Part & { amount: number | null | undefined }} part
 */
const keepKnown = ({ amount, ...part }) => (typeof amount === 'number' ? [{ ...part, amount }] : []);

/**
 * Late and not yet late; none when there is nothing of either.
 * @param {Account} account
 * @param {string} currency
 */
export function describeTiles({ outstanding, overdue, due, overdueInvoices, dueInvoices }, currency) {
  const parts = [
    { key: 'overdue', label: OVERDUE, amount: overdue, count: overdueInvoices },
    { key: 'due', label: DUE, amount: due, count: dueInvoices }
  ].flatMap(keepKnown);
  if (parts.every(({ amount }) => amount === 0)) return [];
  return parts.map(({ key, label, amount, count }) => {
    const isAlarming = key === 'overdue' && amount > 0;
    return {
      key,
      label,
      amount: formatMoney(amount, currency),
      count: countInvoices(count),
      share: describeShare(amount, outstanding),
      isAlarming,
      tileClass: isAlarming ? 'tile alarming' : 'tile'
    };
  });
}

/** @param {Account} account */
export function describeAgeing({ due, late1To30, late31To60, late61To90, lateOver90 }) {
  return [
    { key: 'due', label: DUE, amount: due },
    { key: 'late1', label: LATE_1_30, amount: late1To30 },
    { key: 'late2', label: LATE_31_60, amount: late31To60 },
    { key: 'late3', label: LATE_61_90, amount: late61To90 },
    { key: 'late4', label: LATE_OVER_90, amount: lateOver90 }
  ].flatMap(keepKnown);
}
