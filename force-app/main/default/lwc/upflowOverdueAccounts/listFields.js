import BALANCE_CURRENCY from '@salesforce/schema/Account.Balance_Currency__c';
import NAME from '@salesforce/schema/Account.Name';
import NEXT_ACTION from '@salesforce/schema/Account.Next_Action__c';
import OLDEST_OVERDUE_DATE from '@salesforce/schema/Account.Oldest_Overdue_Date__c';
import OVERDUE_AMOUNT from '@salesforce/schema/Account.Overdue_Amount__c';
import PAYER_RATING from '@salesforce/schema/Account.Payer_Rating__c';

/** The columns' values, by the name of the column. */
export const FIELD_BY_COLUMN = {
  name: NAME,
  amount: OVERDUE_AMOUNT,
  since: OLDEST_OVERDUE_DATE,
  rating: PAYER_RATING,
  nextAction: NEXT_ACTION
};

export const CURRENCY_FIELD = BALANCE_CURRENCY;

/** @param {import('lightning/uiRecordApi').FieldId} field */
const qualify = ({ objectApiName, fieldApiName }) => `${objectApiName}.${fieldApiName}`;

/** What the list is asked for besides its own columns. */
export const FIELDS = [...Object.values(FIELD_BY_COLUMN), BALANCE_CURRENCY].map(qualify);

/** In an org that installed the package its fields and list views carry the namespace; in a scratch org they do not. */
const NAMESPACE = OVERDUE_AMOUNT.fieldApiName.replace('Overdue_Amount__c', '');

export const LIST_VIEWS = {
  mine: `${NAMESPACE}Upflow_My_Overdue_Accounts`,
  all: `${NAMESPACE}Upflow_Overdue_Accounts`
};

/**
 * How the list is asked to sort by a column.
 * @param {string} column
 * @param {'asc' | 'desc'} direction
 */
export function sortKey(column, direction) {
  const field = FIELD_BY_COLUMN[/** @type {keyof typeof FIELD_BY_COLUMN} */ (column)] ?? OVERDUE_AMOUNT;
  return `${direction === 'desc' ? '-' : ''}${qualify(field)}`;
}
