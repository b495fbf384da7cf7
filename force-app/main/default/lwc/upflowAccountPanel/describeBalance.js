import { fill, formatMoney, formatShare } from 'c/upflowFormat';
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
const countInvoices = (count) =>
  typeof count === 'number' ? fill(count === 1 ? INVOICES_ONE : INVOICES_MANY, count) : '';

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
 * Credits can make the balance smaller than what is late: a share above the whole would only confuse.
 * @param {Account} account
 */
const shareOverdue = ({ overdue, outstanding }) =>
  overdue > 0 && outstanding >= overdue ? fill(SHARE, formatShare(overdue / outstanding)) : '';

/**
 * @param {Account} account
 * @param {string} currency
 */
export function describeTiles(account, currency) {
  const { overdue, due, overdueInvoices, dueInvoices } = account;
  const tiles = [
    { key: 'overdue', label: OVERDUE, value: overdue, notes: [countInvoices(overdueInvoices), shareOverdue(account)] },
    { key: 'due', label: DUE, value: due, notes: [countInvoices(dueInvoices)] }
  ];
  return tiles
    .filter(({ value }) => typeof value === 'number')
    .map(({ key, label, value, notes }) => {
      const isAlarming = key === 'overdue' && value > 0;
      return {
        key,
        label,
        amount: formatMoney(value, currency),
        note: notes.filter(Boolean).join(' · '),
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
  ].filter(({ amount }) => typeof amount === 'number');
}
