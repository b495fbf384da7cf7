import { NOT_FOUND, type GalleryItem, type SampleAnswer } from './gallery-item.ts';
import {
  dayIn,
  fullAccount,
  largestAccount,
  LONGEST_WORD,
  paidUpAccount,
  pick,
  toUiFields,
  type Values,
} from './sample-account.ts';

const ACCOUNT_ID = '001000000000001AAA';
const SILENT = 'The alert shows nothing, and takes no room.';
const NAME = { Name: 'Edge Communications' };

const asAccount = (values: Values): unknown => ({
  apiName: 'Account',
  id: ACCOUNT_ID,
  fields: toUiFields({ Id: ACCOUNT_ID, ...NAME, ...values }),
});

/** An Opportunity carries the values of its Account. */
const asOpportunity = (values: Values): unknown => ({
  apiName: 'Opportunity',
  id: 'sample',
  fields: {
    AccountId: { displayValue: null, value: ACCOUNT_ID },
    Account: { displayValue: NAME.Name, value: { ...(asAccount(values) as object) } },
  },
});

/** Every state of the overdue alert: on an Opportunity, on its Account, and silent. */
export function listAlerts(): GalleryItem[] {
  const place = (
    name: string,
    title: string,
    answer: SampleAnswer,
    settings = {},
    note = '',
  ): GalleryItem => ({
    name: `alert-${name}`,
    title,
    component: 'upflowOverdueAlert',
    properties: { recordId: 'sample', objectApiName: 'Opportunity', ...settings },
    answers: { 'records/sample': answer },
    ...(note === '' ? {} : { note }),
  });
  const show = (name: string, title: string, values: Values, settings = {}, note = '') =>
    place(name, title, { data: asOpportunity(values) }, settings, note);
  const full = fullAccount();
  return [
    show('opportunity', 'On an Opportunity', full),
    show('one', 'One invoice, since yesterday, in euros', {
      ...full,
      Overdue_Amount__c: 1200,
      Overdue_Invoices__c: 1,
      Oldest_Overdue_Date__c: dayIn(-1),
      Balance_Currency__c: 'EUR',
    }),
    show('paused', 'Reminders are paused', { ...full, Collection_Status__c: 'Paused' }),
    show('largest', 'As large and as long as it gets', { ...largestAccount(), Name: LONGEST_WORD }),
    show('amount-only', 'Only the amount may be seen', pick(full, ['Overdue_Amount__c'])),
    place('account', 'On the Account itself', { data: asAccount(full) }, { objectApiName: 'Account' }),
    place('error', 'Could not be checked', NOT_FOUND),
    show('clear', 'Nothing is late', paidUpAccount(), {}, SILENT),
    show('no-access', 'No access to the figures', {}, {}, SILENT),
    show('minimum-amount', 'Setting: from 100,000 on', full, { minimumAmount: 100_000 }, SILENT),
    show('minimum-days', 'Setting: after 120 days', full, { minimumDays: 120 }, SILENT),
  ];
}
