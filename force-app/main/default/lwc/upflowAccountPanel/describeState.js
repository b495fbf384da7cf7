import { fill, formatNumber, isOlderThan } from 'c/upflowFormat';
import ALL_CLEAR from '@salesforce/label/c.All_Clear';
import ATTENTION from '@salesforce/label/c.Attention';
import ATTENTION_NO_REASON from '@salesforce/label/c.Attention_No_Reason';
import EMPTY from '@salesforce/label/c.Empty';
import ERROR from '@salesforce/label/c.Error';
import NO_ACCESS from '@salesforce/label/c.No_Access';
import STALE from '@salesforce/label/c.Stale';

/** @typedef {import('c/upflowAccount').Account} Account */

/** Fields that tell about the sync, not about the customer. */
const SYNC_FIELDS = [
  'lastSynced',
  'syncStatus',
  'syncMessage',
  'customerId',
  'balanceCurrency',
  'recordCurrency'
];

export const NO_ACCESS_NOTICE = { key: 'no-access', variant: 'lock', message: NO_ACCESS, canRetry: false };

/** @param {Account} account */
export const hasFigures = (account) =>
  Object.entries(account).some(([name, value]) => !SYNC_FIELDS.includes(name) && (value ?? '') !== '');

/** @param {Account} account */
export const isClear = ({ outstanding, overdue }) =>
  typeof outstanding === 'number' && outstanding <= 0 && (overdue ?? 0) <= 0;

/**
 * What the reader must know before reading the figures, most urgent first.
 * @param {Account} account
 * @param {number} staleAfterHours
 */
export function describeNotices(account, staleAfterHours) {
  const needsAttention = account.syncStatus === 'Needs attention';
  const notices = [];
  if (needsAttention) {
    const message = account.syncMessage ? fill(ATTENTION, account.syncMessage) : ATTENTION_NO_REASON;
    notices.push({ key: 'attention', variant: 'warning', message, canRetry: false });
  } else if (!hasFigures(account)) {
    notices.push({ key: 'empty', variant: 'info', message: EMPTY, canRetry: false });
  } else if (isOlderThan(account.lastSynced, staleAfterHours)) {
    const message = fill(STALE, formatNumber(staleAfterHours));
    notices.push({ key: 'stale', variant: 'warning', message, canRetry: false });
  }
  if (isClear(account)) {
    notices.push({ key: 'clear', variant: 'success', message: ALL_CLEAR, canRetry: false });
  }
  return notices;
}

/** @param {import('lightning/uiRecordApi').UiError} error */
export function describeFailure(error) {
  const bodies = Array.isArray(error.body) ? error.body : [error.body];
  const reason = bodies.map((body) => body?.message).find(Boolean) ?? error.statusText ?? '';
  return { key: 'error', variant: 'error', message: fill(ERROR, reason).trim(), canRetry: true };
}
