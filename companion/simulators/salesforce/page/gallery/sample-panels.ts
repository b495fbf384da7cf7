import { NOT_FOUND, type GalleryItem, type SampleAnswer, type Wording } from './gallery-item.ts';
import {
  blankAccount,
  dayIn,
  fullAccount,
  hoursAgo,
  inDays,
  largestAccount,
  LONGEST_WORD,
  paidUpAccount,
  pick,
  toUiFields,
  type Values,
} from './sample-account.ts';

const pausedBadPayer = (): Values => ({
  ...fullAccount(),
  Payer_Rating__c: 'D',
  Collection_Status__c: 'Paused',
  Paused_Until__c: dayIn(12),
  Balance_Currency__c: 'JPY',
  Average_Payment_Delay__c: 121.4,
  Outstanding_Amount__c: 14823050,
  Overdue_Amount__c: 14823050,
  Due_Amount__c: 0,
  Overdue_1_30__c: 0,
  Overdue_31_60__c: 0,
  Overdue_61_90__c: 823050,
  Overdue_Over_90__c: 14000000,
  Due_Invoices__c: 0,
  Saved_Payment_Method__c: null,
  Saved_Payment_Status__c: null,
  Last_Payment_Date__c: null,
});

const owingNothingLate = (): Values => ({
  ...paidUpAccount(),
  Outstanding_Amount__c: 12400,
  Due_Amount__c: 12400,
  Due_Invoices__c: 1,
  Payer_Rating__c: 'B',
  Average_Payment_Delay__c: -1,
  Balance_Currency__c: 'EUR',
  Saved_Payment_Method__c: 'DIRECT_DEBIT',
  Saved_Payment_Status__c: 'FAILED',
});

const inCredit = (): Values => ({
  ...paidUpAccount(),
  Outstanding_Amount__c: -1250,
  Average_Payment_Delay__c: 0,
});

const oldFigures = (): Values => ({
  ...fullAccount(),
  Last_Synced__c: hoursAgo(75),
  Payer_Rating__c: 'C',
  Average_Payment_Delay__c: 71,
});

const needsAttention = (message: string | null): Values => ({
  Sync_Status__c: 'Needs attention',
  Last_Synced__c: hoursAgo(30),
  Sync_Message__c: message,
});

const SEEN_BY_SOME = [
  ...['Outstanding_Amount__c', 'Overdue_Amount__c', 'Balance_Currency__c', 'Payer_Rating__c'],
  ...['Last_Synced__c', 'Customer_Id__c'],
];

/** Every state of the Account panel, and every setting that a page can give it. */
export function listPanels({ picklistValue }: Wording): GalleryItem[] {
  const place = (name: string, title: string, answer?: SampleAnswer, settings = {}): GalleryItem => ({
    name: `panel-${name}`,
    title,
    component: 'upflowAccountPanel',
    properties: { recordId: 'sample', objectApiName: 'Account', ...settings },
    ...(answer === undefined ? {} : { answers: { 'records/sample': answer } }),
  });
  const show = (name: string, title: string, values: Values, settings = {}) => {
    const fields = toUiFields(values, picklistValue);
    return place(name, title, { data: { apiName: 'Account', id: 'sample', fields } }, settings);
  };
  const full = fullAccount();
  return [
    show('ok', 'All known', full),
    show('paused', 'Paused, bad payer, in yen', pausedBadPayer()),
    show('current', 'Owing, nothing late, pays early', owingNothingLate()),
    show('clear', 'All clear', paidUpAccount()),
    show('credit', 'In credit, pays on time', inCredit()),
    show('largest', 'As large and as long as it gets', {
      ...largestAccount(),
      ...needsAttention(LONGEST_WORD),
    }),
    show('stale', 'Old figures', oldFigures()),
    show('attention', 'Needs attention', {
      ...full,
      ...needsAttention(
        'Two Accounts have the customer number 00285. Give one of them another number, then retry in the console.',
      ),
    }),
    show('attention-no-reason', 'Needs attention, reason unknown', { ...full, ...needsAttention(null) }),
    show('attention-only', 'Needs attention, no figures', {
      ...blankAccount(),
      Sync_Status__c: 'Needs attention',
      Sync_Message__c: 'The Account is locked by an approval: finish it, then retry.',
    }),
    show('empty', 'Not matched yet', blankAccount()),
    show('never-synced', 'Figures without a time of sync', { ...full, Last_Synced__c: null }),
    show('partial', 'Some fields hidden', pick(full, SEEN_BY_SOME)),
    show('expired', 'Portal link expired', { ...full, Portal_Link_Expires__c: inDays(-2) }),
    show('no-portal', 'No portal link', { ...full, Portal_Link__c: null }),
    show('unsafe', 'Links that are not secure', {
      ...full,
      Portal_Link__c: 'javascript:alert(1)',
      Customer_Page__c: 'javascript:alert(2)',
    }),
    show('no-access', 'No access', {}),
    place('error', 'Error', NOT_FOUND),
    place('loading', 'Loading'),
    show('compact', 'Setting: compact', full, { density: 'Compact' }),
    show('no-ageing', 'Setting: without the ageing', full, { hideAgeing: true }),
    show('no-details', 'Setting: without the details', full, { hideDetails: true }),
    show('portal-hidden', 'Setting: without the portal link', full, { hidePortal: true }),
    show('stale-later', 'Setting: warns after 100 hours', oldFigures(), { staleAfterHours: 100 }),
  ];
}
