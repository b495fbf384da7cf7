import type { FieldValue } from '../salesforce/field-value.ts';
import type { Customer } from '../upflow/push-schema.ts';
import { toMajorUnits } from '../upflow/read-money.ts';

export const VALUE_GROUPS = [
  'Amounts',
  'Ageing',
  'Behaviour',
  'Links',
  'Payment',
  'Dates',
  'Workflow',
  'Custom fields',
  'Sync',
] as const;

/** What a value is, which decides the Account fields that can hold it. `own` fits the package's field only. */
export type ValueType =
  | 'amount'
  | 'count'
  | 'days'
  | 'choice'
  | 'text'
  | 'long text'
  | 'select'
  | 'date'
  | 'date and time'
  | 'link'
  | 'long link'
  | 'own';

/** A value of a customer that can be exported, and how it is read. */
export interface ExportedValue {
  /** Its name in a mapping: `overdueAmount`, or `customField:` and the id of a custom field in Upflow. */
  value: string;
  label: string;
  group: (typeof VALUE_GROUPS)[number];
  type: ValueType;
  /** The package's field for it on Account, without the namespace; null for custom fields. */
  packageField: string | null;
  /** Whether it is exported as long as nobody chose. */
  onAtFirst: boolean;
  /** The texts that Upflow sends, where they are known beforehand. */
  sends: readonly string[];
  read: (customer: Customer) => FieldValue | undefined;
}

/** A key by which mappings name a custom field of Upflow's. */
export const CUSTOM_FIELD_PREFIX = 'customField:';

/** What Salesforce is told about the exchange itself; these go to the package's fields or nowhere. */
export const CUSTOMER_ID = 'customerId';
export const SYNC_STATUS = 'syncStatus';
export const BALANCE_CURRENCY = 'balanceCurrency';

/** What is exported, one line a value. Those of the group Sync are filled by the plan. */
export const EXPORTED_VALUES: readonly ExportedValue[] = [
  amount('Amounts', 'outstandingAmount', 'Outstanding amount', 'Outstanding_Amount__c', (customer) => {
    return customer.amountOutstanding;
  }),
  amount('Amounts', 'overdueAmount', 'Overdue amount', 'Overdue_Amount__c', (customer) => {
    return customer.amountOverdue;
  }),
  amount('Amounts', 'dueAmount', 'Due amount', 'Due_Amount__c', ({ amountDue }) => amountDue),
  value('Amounts', 'overdueInvoices', 'Overdue invoices', 'count', 'Overdue_Invoices__c', (customer) => {
    return customer.countInvoicesOverdue;
  }),
  value('Amounts', 'dueInvoices', 'Due invoices', 'count', 'Due_Invoices__c', (customer) => {
    return customer.countInvoicesDue;
  }),
  currencyOfAmounts(),
  amount('Ageing', 'overdue1To30', 'Overdue 1-30 days', 'Overdue_1_30__c', ({ ageing }) => ageing?.days1To30),
  amount('Ageing', 'overdue31To60', 'Overdue 31-60 days', 'Overdue_31_60__c', ({ ageing }) => {
    return ageing?.days31To60;
  }),
  amount('Ageing', 'overdue61To90', 'Overdue 61-90 days', 'Overdue_61_90__c', ({ ageing }) => {
    return ageing?.days61To90;
  }),
  amount('Ageing', 'overdueOver90', 'Overdue over 90 days', 'Overdue_Over_90__c', ({ ageing }) => {
    return ageing?.over90;
  }),
  value(
    'Behaviour',
    'averagePaymentDelay',
    'Average payment delay',
    'days',
    'Average_Payment_Delay__c',
    (customer) => {
      return customer.averagePaymentDelay;
    },
  ),
  choice('Behaviour', 'rating', 'Payer rating', 'Payer_Rating__c', ({ rating }) => rating, [
    'A',
    'B',
    'C',
    'D',
  ]),
  choice(
    'Behaviour',
    'collectionStatus',
    'Collection status',
    'Collection_Status__c',
    ({ collectionStatus }) => capitalize(collectionStatus),
    ['Active', 'Paused'],
  ),
  value('Behaviour', 'pausedUntil', 'Paused until', 'date', 'Paused_Until__c', ({ pausedUntil }) => {
    return toDay(pausedUntil);
  }),
  value('Links', 'portalLink', 'Customer portal link', 'long link', 'Portal_Link__c', ({ portal }) => {
    return portal?.url;
  }),
  value(
    'Links',
    'portalLinkExpires',
    'Portal link expires',
    'date and time',
    'Portal_Link_Expires__c',
    ({ portal }) => toInstant(portal?.expiresAt),
  ),
  value('Links', 'customerPage', 'Customer page in Upflow', 'link', 'Customer_Page__c', ({ directUrl }) => {
    return directUrl;
  }),
  choice(
    'Payment',
    'savedPaymentMethod',
    'Saved payment method',
    'Saved_Payment_Method__c',
    ({ savedPaymentMethod }) => savedPaymentMethod?.type,
  ),
  choice(
    'Payment',
    'savedPaymentStatus',
    'Saved payment status',
    'Saved_Payment_Status__c',
    ({ savedPaymentMethod }) => savedPaymentMethod?.lastPaymentStatus,
  ),
  value(
    'Dates',
    'oldestOverdueDate',
    'Oldest overdue date',
    'date',
    'Oldest_Overdue_Date__c',
    ({ oldestOverdueDueDate }) => toDay(oldestOverdueDueDate),
  ),
  value('Dates', 'lastPaymentDate', 'Last payment date', 'date', 'Last_Payment_Date__c', (customer) => {
    return toDay(customer.lastPaymentAt);
  }),
  value('Workflow', 'nextAction', 'Next action', 'text', 'Next_Action__c', ({ nextAction }) => {
    return nextAction?.name;
  }),
  value('Workflow', 'nextActionDate', 'Next action date', 'date', 'Next_Action_Date__c', ({ nextAction }) => {
    return toDay(nextAction?.dueDate);
  }),
  value('Workflow', 'workflow', 'Collection workflow', 'text', 'Workflow__c', ({ workflow }) => {
    return workflow?.name;
  }),
  value('Sync', CUSTOMER_ID, 'Upflow customer id', 'own', 'Customer_Id__c', ({ id }) => id),
  value('Sync', SYNC_STATUS, 'Sync status, message and time', 'own', 'Sync_Status__c', () => null),
];

/** A custom field of Upflow's as a value that can be exported, once somebody chose a field for it. */
export function customFieldValue(id: string, label: string, type: 'long text' | 'select'): ExportedValue {
  return {
    value: CUSTOM_FIELD_PREFIX + id,
    label,
    group: 'Custom fields',
    type,
    packageField: null,
    onAtFirst: false,
    sends: [],
    read: ({ customFields }) => {
      const found = customFields?.find((field) => field.id === id)?.value;
      return typeof found === 'string' || typeof found === 'number' ? String(found) || null : null;
    },
  };
}

function value(
  group: ExportedValue['group'],
  name: string,
  label: string,
  type: ValueType,
  packageField: string,
  read: ExportedValue['read'],
): ExportedValue {
  return { value: name, label, group, type, packageField, onAtFirst: true, sends: [], read };
}

function choice(
  group: ExportedValue['group'],
  name: string,
  label: string,
  packageField: string,
  read: ExportedValue['read'],
  sends: readonly string[] = [],
): ExportedValue {
  return { ...value(group, name, label, 'choice', packageField, read), sends };
}

/** The plan decides which currency it is: where the org has several, the Account's. */
function currencyOfAmounts(): ExportedValue {
  const label = 'Currency of the amounts';
  return choice('Amounts', BALANCE_CURRENCY, label, 'Balance_Currency__c', ({ currency }) => currency);
}

function amount(
  group: ExportedValue['group'],
  name: string,
  label: string,
  packageField: string,
  read: (customer: Customer) => number | null | undefined,
): ExportedValue {
  return value(group, name, label, 'amount', packageField, (customer) => {
    const minor = read(customer);
    return minor == null ? null : toMajorUnits(minor, customer.currency);
  });
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
