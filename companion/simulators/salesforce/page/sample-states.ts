const MILLISECONDS_AN_HOUR = 60 * 60 * 1000;
const PREFIX = 'upflow__';

type Value = string | number | null;
type Values = Record<string, Value>;

export interface SampleState {
  /** What a person sees, as a heading. */
  title: string;
  /** Nothing at all: the answer never comes. */
  answer: { data?: unknown; error?: unknown } | undefined;
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * MILLISECONDS_AN_HOUR).toISOString();
const inDays = (days: number) => hoursAgo(days * -24);
const dayIn = (days: number) => inDays(days).slice(0, 10);

/** A customer of whom everything is known, in the names of the package's fields. */
export const fullAccount = (): Values => ({
  Outstanding_Amount__c: 148230.5,
  Overdue_Amount__c: 62140.25,
  Due_Amount__c: 86090.25,
  Overdue_Invoices__c: 3,
  Due_Invoices__c: 4,
  Overdue_1_30__c: 31000,
  Overdue_31_60__c: 17640.25,
  Overdue_61_90__c: 9000,
  Overdue_Over_90__c: 4500,
  Average_Payment_Delay__c: 17.8,
  Payer_Rating__c: 'A',
  Collection_Status__c: 'Active',
  Paused_Until__c: null,
  Oldest_Overdue_Date__c: dayIn(-100),
  Last_Payment_Date__c: dayIn(-20),
  Next_Action__c: 'Second reminder',
  Next_Action_Date__c: dayIn(3),
  Saved_Payment_Method__c: 'CARD',
  Saved_Payment_Status__c: 'SUCCEEDED',
  Workflow__c: 'Enterprise',
  Portal_Link__c: `https://pay.upflow.io/portal/${'x'.repeat(300)}`,
  Portal_Link_Expires__c: inDays(60),
  Customer_Page__c: 'https://app.upflow.io/customers/0b8e6c1e',
  Customer_Id__c: '0b8e6c1e-8f1f-4a53-9d0c-5a9c1f6c2d11',
  Balance_Currency__c: 'USD',
  Last_Synced__c: hoursAgo(0.2),
  Sync_Status__c: 'Synced',
  Sync_Message__c: null,
});

const blankAccount = (): Values => Object.fromEntries(Object.keys(fullAccount()).map((name) => [name, null]));

const paidUp = (): Values => ({
  ...fullAccount(),
  ...{
    Outstanding_Amount__c: 0,
    Overdue_Amount__c: 0,
    Due_Amount__c: 0,
    Overdue_Invoices__c: 0,
    Due_Invoices__c: 0,
  },
  ...{ Overdue_1_30__c: 0, Overdue_31_60__c: 0, Overdue_61_90__c: 0, Overdue_Over_90__c: 0 },
  ...{ Oldest_Overdue_Date__c: null, Next_Action__c: null, Next_Action_Date__c: null },
});

/** A record as the UI API writes it, with the package's namespace. */
function toUiRecord(id: string, values: Values): unknown {
  const fields = Object.entries(values).map(([name, value]) => {
    const displayValue = typeof value === 'string' ? value : null;
    return [name.endsWith('__c') ? PREFIX + name : name, { displayValue, value }];
  });
  return { apiName: 'Account', childRelationships: {}, fields: Object.fromEntries(fields) as unknown, id };
}

function pick(values: Values, names: string[]): Values {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}

const failure = {
  status: 404,
  statusText: 'Not Found',
  body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
};

/** Every state of the panel, by a short name. */
export function listSampleStates(): Record<string, SampleState> {
  const full = fullAccount();
  const show = (title: string, values: Values) => ({ title, answer: { data: toUiRecord('', values) } });
  return {
    ok: show('All known', full),
    paused: show('Paused, bad payer, in yen', {
      ...full,
      ...{
        Payer_Rating__c: 'D',
        Collection_Status__c: 'Paused',
        Paused_Until__c: dayIn(12),
        Balance_Currency__c: 'JPY',
      },
      ...{
        Average_Payment_Delay__c: 121.4,
        Outstanding_Amount__c: 14823050,
        Overdue_Amount__c: 14823050,
        Due_Amount__c: 0,
      },
      ...{ Overdue_1_30__c: 0, Overdue_31_60__c: 0, Overdue_61_90__c: 823050, Overdue_Over_90__c: 14000000 },
      ...{
        Due_Invoices__c: 0,
        Saved_Payment_Method__c: null,
        Saved_Payment_Status__c: null,
        Last_Payment_Date__c: null,
      },
    }),
    current: show('Owing, nothing late', {
      ...paidUp(),
      ...{ Outstanding_Amount__c: 12400, Due_Amount__c: 12400, Due_Invoices__c: 1, Payer_Rating__c: 'B' },
      ...{ Average_Payment_Delay__c: 34, Balance_Currency__c: 'EUR' },
    }),
    clear: show('All clear', paidUp()),
    stale: show('Old figures', {
      ...full,
      Last_Synced__c: hoursAgo(75),
      Payer_Rating__c: 'C',
      Average_Payment_Delay__c: 71,
    }),
    attention: show('Needs attention', {
      ...full,
      ...{ Sync_Status__c: 'Needs attention', Last_Synced__c: hoursAgo(30) },
      Sync_Message__c:
        'Two Accounts have the customer number 00285. Give one of them another number, then retry in the console.',
    }),
    'attention-only': show('Needs attention, no figures', {
      ...blankAccount(),
      ...{
        Sync_Status__c: 'Needs attention',
        Sync_Message__c: 'The Account is locked by an approval: finish it, then retry.',
      },
    }),
    empty: show('Not matched yet', blankAccount()),
    partial: show('Some fields hidden', {
      ...pick(full, ['Outstanding_Amount__c', 'Overdue_Amount__c', 'Balance_Currency__c', 'Payer_Rating__c']),
      ...pick(full, ['Last_Synced__c', 'Customer_Id__c']),
    }),
    expired: show('Portal link expired', { ...full, Portal_Link_Expires__c: inDays(-2) }),
    unsafe: show('Links that are not secure', {
      ...full,
      ...{ Portal_Link__c: 'javascript:alert(1)', Customer_Page__c: 'javascript:alert(2)' },
    }),
    'no-access': { title: 'No access', answer: { data: toUiRecord('', {}) } },
    error: { title: 'Error', answer: { error: failure } },
    loading: { title: 'Loading', answer: undefined },
  };
}
