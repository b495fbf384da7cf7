const MILLISECONDS_AN_HOUR = 60 * 60 * 1000;
const PREFIX = 'upflow__';

export type Value = string | number | null;
export type Values = Record<string, Value>;

export const hoursAgo = (hours: number) => new Date(Date.now() - hours * MILLISECONDS_AN_HOUR).toISOString();
export const inDays = (days: number) => hoursAgo(days * -24);
export const dayIn = (days: number) => inDays(days).slice(0, 10);

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

/** A customer who owes nothing. */
export const paidUpAccount = (): Values => ({
  ...fullAccount(),
  Outstanding_Amount__c: 0,
  Overdue_Amount__c: 0,
  Due_Amount__c: 0,
  Overdue_Invoices__c: 0,
  Due_Invoices__c: 0,
  Overdue_1_30__c: 0,
  Overdue_31_60__c: 0,
  Overdue_61_90__c: 0,
  Overdue_Over_90__c: 0,
  Oldest_Overdue_Date__c: null,
  Next_Action__c: null,
  Next_Action_Date__c: null,
});

/** A text without a blank, as long as the field takes it: nowhere can it be broken by itself. */
export const LONGEST_WORD = 'Donaudampfschifffahrtsgesellschaft'.repeat(8).slice(0, 255);

/** Everything as large and as long as the fields take it; one bucket of ageing is a credit. */
export const largestAccount = (): Values => ({
  ...fullAccount(),
  Outstanding_Amount__c: 9_999_999_999_999,
  Overdue_Amount__c: 9_999_999_999_998,
  Due_Amount__c: 1,
  Overdue_1_30__c: -1_234_567_890_123,
  Overdue_Over_90__c: 9_999_999_999_998,
  Overdue_Invoices__c: 999_999_999,
  Due_Invoices__c: 999_999_999,
  Average_Payment_Delay__c: 99999.9,
  Payer_Rating__c: 'Z',
  Collection_Status__c: 'Legal',
  Oldest_Overdue_Date__c: '1970-01-01',
  Next_Action__c: LONGEST_WORD,
  Saved_Payment_Method__c: LONGEST_WORD.slice(0, 80),
  Workflow__c: LONGEST_WORD,
  Balance_Currency__c: 'XAF',
});

/** An Account that no customer was ever written to. */
export const blankAccount = (): Values =>
  Object.fromEntries(Object.keys(fullAccount()).map((name) => [name, null]));

/** Some of a record's fields: as for a user who may not see the others. */
export const pick = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, values[name] ?? null]));

/** Fields as the UI API writes them, with the package's namespace; `translate` gives picklist values their labels. */
export function toUiFields(values: Values, translate = (text: string) => text): Record<string, unknown> {
  const fields = Object.entries(values).map(([name, value]) => {
    const displayValue = typeof value === 'string' ? translate(value) : null;
    return [name.endsWith('__c') ? PREFIX + name : name, { displayValue, value }] as const;
  });
  return Object.fromEntries(fields);
}
