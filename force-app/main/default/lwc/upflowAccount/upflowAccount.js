import { getFieldDisplayValue, getFieldValue } from 'lightning/uiRecordApi';
import AVERAGE_PAYMENT_DELAY from '@salesforce/schema/Account.Average_Payment_Delay__c';
import BALANCE_CURRENCY from '@salesforce/schema/Account.Balance_Currency__c';
import COLLECTION_STATUS from '@salesforce/schema/Account.Collection_Status__c';
import CUSTOMER_ID from '@salesforce/schema/Account.Customer_Id__c';
import CUSTOMER_PAGE from '@salesforce/schema/Account.Customer_Page__c';
import DUE_AMOUNT from '@salesforce/schema/Account.Due_Amount__c';
import DUE_INVOICES from '@salesforce/schema/Account.Due_Invoices__c';
import LAST_PAYMENT_DATE from '@salesforce/schema/Account.Last_Payment_Date__c';
import LAST_SYNCED from '@salesforce/schema/Account.Last_Synced__c';
import NEXT_ACTION from '@salesforce/schema/Account.Next_Action__c';
import NEXT_ACTION_DATE from '@salesforce/schema/Account.Next_Action_Date__c';
import OLDEST_OVERDUE_DATE from '@salesforce/schema/Account.Oldest_Overdue_Date__c';
import OUTSTANDING_AMOUNT from '@salesforce/schema/Account.Outstanding_Amount__c';
import OVERDUE_1_30 from '@salesforce/schema/Account.Overdue_1_30__c';
import OVERDUE_31_60 from '@salesforce/schema/Account.Overdue_31_60__c';
import OVERDUE_61_90 from '@salesforce/schema/Account.Overdue_61_90__c';
import OVERDUE_AMOUNT from '@salesforce/schema/Account.Overdue_Amount__c';
import OVERDUE_INVOICES from '@salesforce/schema/Account.Overdue_Invoices__c';
import OVERDUE_OVER_90 from '@salesforce/schema/Account.Overdue_Over_90__c';
import PAUSED_UNTIL from '@salesforce/schema/Account.Paused_Until__c';
import PAYER_RATING from '@salesforce/schema/Account.Payer_Rating__c';
import PORTAL_LINK from '@salesforce/schema/Account.Portal_Link__c';
import PORTAL_LINK_EXPIRES from '@salesforce/schema/Account.Portal_Link_Expires__c';
import SAVED_PAYMENT_METHOD from '@salesforce/schema/Account.Saved_Payment_Method__c';
import SAVED_PAYMENT_STATUS from '@salesforce/schema/Account.Saved_Payment_Status__c';
import SYNC_MESSAGE from '@salesforce/schema/Account.Sync_Message__c';
import SYNC_STATUS from '@salesforce/schema/Account.Sync_Status__c';
import WORKFLOW from '@salesforce/schema/Account.Workflow__c';

/** A text: importing it as schema would not deploy to an org that has a single currency. */
const RECORD_CURRENCY = 'Account.CurrencyIsoCode';

/** What the panel shows, by the name the panel uses. Each is undefined when hidden from the user, null when blank. */
const FIELD_BY_NAME = {
  outstanding: OUTSTANDING_AMOUNT,
  overdue: OVERDUE_AMOUNT,
  due: DUE_AMOUNT,
  overdueInvoices: OVERDUE_INVOICES,
  dueInvoices: DUE_INVOICES,
  late1To30: OVERDUE_1_30,
  late31To60: OVERDUE_31_60,
  late61To90: OVERDUE_61_90,
  lateOver90: OVERDUE_OVER_90,
  averageDelay: AVERAGE_PAYMENT_DELAY,
  rating: PAYER_RATING,
  collectionStatus: COLLECTION_STATUS,
  pausedUntil: PAUSED_UNTIL,
  oldestOverdueDate: OLDEST_OVERDUE_DATE,
  nextAction: NEXT_ACTION,
  nextActionDate: NEXT_ACTION_DATE,
  lastPaymentDate: LAST_PAYMENT_DATE,
  paymentMethod: SAVED_PAYMENT_METHOD,
  paymentStatus: SAVED_PAYMENT_STATUS,
  workflow: WORKFLOW,
  portalLink: PORTAL_LINK,
  portalLinkExpires: PORTAL_LINK_EXPIRES,
  customerPage: CUSTOMER_PAGE,
  customerId: CUSTOMER_ID,
  balanceCurrency: BALANCE_CURRENCY,
  lastSynced: LAST_SYNCED,
  syncStatus: SYNC_STATUS,
  syncMessage: SYNC_MESSAGE
};

/** Every field is optional, so a user who may see only some of them gets those instead of an error. */
export const OPTIONAL_FIELDS = [...Object.values(FIELD_BY_NAME), RECORD_CURRENCY];

/** @typedef {number | null | undefined} Figure */
/** @typedef {string | null | undefined} Text */

/**
 * @typedef {object} Account
 * @property {Figure} outstanding
 * @property {Figure} overdue
 * @property {Figure} due
 * @property {Figure} overdueInvoices
 * @property {Figure} dueInvoices
 * @property {Figure} late1To30
 * @property {Figure} late31To60
 * @property {Figure} late61To90
 * @property {Figure} lateOver90
 * @property {Figure} averageDelay
 * @property {Text} rating
 * @property {Text} ratingText
 * @property {Text} collectionStatus
 * @property {Text} collectionText
 * @property {Text} nextAction
 * @property {Text} paymentMethod
 * @property {Text} paymentStatus
 * @property {Text} workflow
 * @property {Text} portalLink
 * @property {Text} customerPage
 * @property {Text} customerId
 * @property {Text} balanceCurrency
 * @property {Text} recordCurrency
 * @property {Text} syncStatus
 * @property {Text} syncMessage
 * @property {Text} pausedUntil as YYYY-MM-DD
 * @property {Text} oldestOverdueDate as YYYY-MM-DD
 * @property {Text} nextActionDate as YYYY-MM-DD
 * @property {Text} lastPaymentDate as YYYY-MM-DD
 * @property {Text} portalLinkExpires as an ISO date and time
 * @property {Text} lastSynced as an ISO date and time
 */

/**
 * Reads the panel's values from a record as Lightning Data Service gives it.
 * @param {import('lightning/uiRecordApi').UiRecord} record
 * @returns {Account}
 */
export function readAccount(record) {
  const values = Object.entries(FIELD_BY_NAME).map(([name, field]) => [name, getFieldValue(record, field)]);
  return /** @type {Account} */ ({
    ...Object.fromEntries(values),
    recordCurrency: getFieldValue(record, RECORD_CURRENCY),
    ratingText: getFieldDisplayValue(record, PAYER_RATING),
    collectionText: getFieldDisplayValue(record, COLLECTION_STATUS)
  });
}

/**
 * True when the user may see none of the fields: then nobody gave them the permission set.
 * @param {Account} account
 */
export const isHidden = (account) =>
  Object.keys(FIELD_BY_NAME).every((name) => account[/** @type {keyof Account} */ (name)] === undefined);
