import { getFieldValue } from 'lightning/uiRecordApi';
import BALANCE_CURRENCY from '@salesforce/schema/Account.Balance_Currency__c';
import COLLECTION_STATUS from '@salesforce/schema/Account.Collection_Status__c';
import ID from '@salesforce/schema/Account.Id';
import NAME from '@salesforce/schema/Account.Name';
import OLDEST_OVERDUE_DATE from '@salesforce/schema/Account.Oldest_Overdue_Date__c';
import OVERDUE_AMOUNT from '@salesforce/schema/Account.Overdue_Amount__c';
import OVERDUE_INVOICES from '@salesforce/schema/Account.Overdue_Invoices__c';
import ACCOUNT_BALANCE_CURRENCY from '@salesforce/schema/Opportunity.Account.Balance_Currency__c';
import ACCOUNT_COLLECTION_STATUS from '@salesforce/schema/Opportunity.Account.Collection_Status__c';
import ACCOUNT_ID from '@salesforce/schema/Opportunity.AccountId';
import ACCOUNT_NAME from '@salesforce/schema/Opportunity.Account.Name';
import ACCOUNT_OLDEST_OVERDUE_DATE from '@salesforce/schema/Opportunity.Account.Oldest_Overdue_Date__c';
import ACCOUNT_OVERDUE_AMOUNT from '@salesforce/schema/Opportunity.Account.Overdue_Amount__c';
import ACCOUNT_OVERDUE_INVOICES from '@salesforce/schema/Opportunity.Account.Overdue_Invoices__c';

/** The same values on both pages: an Opportunity's are those of its Account. */
const OF_ACCOUNT = {
  accountId: ID,
  accountName: NAME,
  amount: OVERDUE_AMOUNT,
  invoices: OVERDUE_INVOICES,
  since: OLDEST_OVERDUE_DATE,
  collectionStatus: COLLECTION_STATUS,
  balanceCurrency: BALANCE_CURRENCY,
  // A text: importing it as schema would not deploy to an org that has a single currency.
  recordCurrency: 'Account.CurrencyIsoCode'
};
const OF_OPPORTUNITY = {
  accountId: ACCOUNT_ID,
  accountName: ACCOUNT_NAME,
  amount: ACCOUNT_OVERDUE_AMOUNT,
  invoices: ACCOUNT_OVERDUE_INVOICES,
  since: ACCOUNT_OLDEST_OVERDUE_DATE,
  collectionStatus: ACCOUNT_COLLECTION_STATUS,
  balanceCurrency: ACCOUNT_BALANCE_CURRENCY,
  recordCurrency: 'Opportunity.Account.CurrencyIsoCode'
};

/**
 * @typedef {object} Overdue
 * @property {string | null | undefined} accountId
 * @property {string | null | undefined} accountName
 * @property {number | null | undefined} amount
 * @property {number | null | undefined} invoices
 * @property {string | null | undefined} since as YYYY-MM-DD
 * @property {string | null | undefined} collectionStatus
 * @property {string | null | undefined} balanceCurrency
 * @property {string | null | undefined} recordCurrency
 */

/** @param {string} objectApiName */
const chooseFields = (objectApiName) => (objectApiName === 'Account' ? OF_ACCOUNT : OF_OPPORTUNITY);

/**
 * All are optional: a user who may see only some of them gets those instead of an error.
 * @param {string} objectApiName Account or Opportunity
 */
export const listFields = (objectApiName) => Object.values(chooseFields(objectApiName));

/**
 * @param {import('lightning/uiRecordApi').UiRecord} record
 * @returns {Overdue}
 */
export function readOverdue(record) {
  const values = Object.entries(chooseFields(record.apiName)).map(([name, field]) => [
    name,
    getFieldValue(record, field)
  ]);
  return /** @type {Overdue} */ (Object.fromEntries(values));
}
