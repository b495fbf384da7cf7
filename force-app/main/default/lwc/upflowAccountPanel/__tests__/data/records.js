const HOUR = 60 * 60 * 1000;

const hoursAgo = (hours) => new Date(Date.now() - hours * HOUR).toISOString();

/** A customer of whom all is known, by field name. */
export const FULL = {
  Outstanding_Amount__c: 1000,
  Overdue_Amount__c: 400,
  Due_Amount__c: 600,
  Overdue_Invoices__c: 1,
  Due_Invoices__c: 2,
  Overdue_1_30__c: 100,
  Overdue_31_60__c: 300,
  Overdue_61_90__c: 0,
  Overdue_Over_90__c: 0,
  Average_Payment_Delay__c: 17.8,
  Payer_Rating__c: 'A',
  Collection_Status__c: 'Active',
  Paused_Until__c: null,
  Oldest_Overdue_Date__c: '2026-08-14',
  Last_Payment_Date__c: '2026-11-02',
  Next_Action__c: 'Second reminder',
  Next_Action_Date__c: '2026-11-25',
  Saved_Payment_Method__c: 'CARD',
  Saved_Payment_Status__c: 'SUCCEEDED',
  Workflow__c: 'Enterprise',
  Portal_Link__c: 'https://pay.upflow.io/x',
  Portal_Link_Expires__c: hoursAgo(-240),
  Customer_Page__c: 'https://app.upflow.io/customers/1',
  Customer_Id__c: '1',
  Balance_Currency__c: 'EUR',
  Last_Synced__c: hoursAgo(1),
  Sync_Status__c: 'Synced',
  Sync_Message__c: null
};

export const BLANK = Object.fromEntries(Object.keys(FULL).map((name) => [name, null]));

export const STALE = { ...FULL, Last_Synced__c: hoursAgo(25) };

/** The record as Lightning Data Service gives it: what the user may not see is absent. */
export const toRecord = (values) => ({
  id: '001000000000001AAA',
  apiName: 'Account',
  fields: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, displayValue: null }])
  )
});
