import currencyCodes from 'currency-codes';
import type { FieldValue } from '../salesforce/field-value.ts';
import type { Customer } from '../upflow/push-schema.ts';

type ReadValue = (customer: Customer) => FieldValue | undefined;

/** Our field on Account, without its namespace, and how its value is read from a customer. */
export interface ExportedValue {
  field: string;
  /** An amount: converted to the Account's currency where the org has several. */
  isAmount: boolean;
  read: ReadValue;
}

/** What is exported, one line a field. The identity and freshness fields are the plan's own. */
export const EXPORTED_VALUES: readonly ExportedValue[] = [
  amount('Outstanding_Amount__c', ({ amountOutstanding }) => amountOutstanding),
  amount('Overdue_Amount__c', ({ amountOverdue }) => amountOverdue),
  amount('Due_Amount__c', ({ amountDue }) => amountDue),
  value('Overdue_Invoices__c', ({ countInvoicesOverdue }) => countInvoicesOverdue),
  value('Due_Invoices__c', ({ countInvoicesDue }) => countInvoicesDue),
  amount('Overdue_1_30__c', ({ ageing }) => ageing?.days1To30),
  amount('Overdue_31_60__c', ({ ageing }) => ageing?.days31To60),
  amount('Overdue_61_90__c', ({ ageing }) => ageing?.days61To90),
  amount('Overdue_Over_90__c', ({ ageing }) => ageing?.over90),
  value('Average_Payment_Delay__c', ({ averagePaymentDelay }) => averagePaymentDelay),
  value('Payer_Rating__c', ({ rating }) => rating),
  value('Collection_Status__c', ({ collectionStatus }) => capitalize(collectionStatus)),
  value('Paused_Until__c', ({ pausedUntil }) => toDay(pausedUntil)),
  value('Portal_Link__c', ({ portal }) => portal?.url),
  value('Portal_Link_Expires__c', ({ portal }) => toInstant(portal?.expiresAt)),
  value('Customer_Page__c', ({ directUrl }) => directUrl),
  value('Saved_Payment_Method__c', ({ savedPaymentMethod }) => savedPaymentMethod?.type),
  value('Saved_Payment_Status__c', ({ savedPaymentMethod }) => savedPaymentMethod?.lastPaymentStatus),
  value('Oldest_Overdue_Date__c', ({ oldestOverdueDueDate }) => toDay(oldestOverdueDueDate)),
  value('Last_Payment_Date__c', ({ lastPaymentAt }) => toDay(lastPaymentAt)),
  value('Next_Action__c', ({ nextAction }) => nextAction?.name),
  value('Next_Action_Date__c', ({ nextAction }) => toDay(nextAction?.dueDate)),
  value('Workflow__c', ({ workflow }) => workflow?.name),
];

function value(field: string, read: (customer: Customer) => FieldValue | undefined): ExportedValue {
  return { field, isAmount: false, read };
}

function amount(field: string, read: (customer: Customer) => number | null | undefined): ExportedValue {
  return {
    field,
    isAmount: true,
    read: (customer) => {
      const minor = read(customer);
      return minor == null ? null : minor / 10 ** minorUnitDigits(customer.currency);
    },
  };
}

/** Digits of the minor unit by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD. */
function minorUnitDigits(currency: string | null | undefined): number {
  return (currency == null ? undefined : currencyCodes.code(currency)?.digits) ?? 2;
}

/** Upflow's ACTIVE and PAUSED are Active and Paused in Salesforce. */
function capitalize(text: string | null | undefined): string | null {
  return text ? text.charAt(0).toUpperCase() + text.slice(1).toLowerCase() : null;
}

/** A calendar day; a moment counts for the day it falls on in UTC, as Upflow's days do. */
function toDay(date: string | null | undefined): string | null {
  if (date == null) return null;
  return date.length > 10 ? new Date(date).toISOString().slice(0, 10) : date;
}

function toInstant(moment: string | null | undefined): string | null {
  return moment == null ? null : new Date(moment).toISOString();
}
