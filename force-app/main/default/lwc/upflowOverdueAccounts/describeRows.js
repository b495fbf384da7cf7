import { getFieldDisplayValue, getFieldValue } from 'lightning/uiRecordApi';
import { chooseCurrency } from 'c/upflowFormat';
import ACCOUNT from '@salesforce/label/c.Accounts_Account';
import LATE_SINCE from '@salesforce/label/c.Oldest_Overdue';
import NEXT_ACTION from '@salesforce/label/c.Next_Action';
import OVERDUE from '@salesforce/label/c.Overdue';
import RATING from '@salesforce/label/c.Payer_Rating';
import { CURRENCY_FIELD, FIELD_BY_COLUMN } from './listFields';

/** @typedef {import('lightning/uiRecordApi').UiRecord} UiRecord */

const COLUMNS = [
  {
    column: 'name',
    label: ACCOUNT,
    fieldName: 'url',
    type: 'url',
    typeAttributes: { label: { fieldName: 'name' }, target: '_self' }
  },
  {
    column: 'amount',
    label: OVERDUE,
    fieldName: 'amount',
    type: 'currency',
    typeAttributes: { currencyCode: { fieldName: 'currency' } }
  },
  { column: 'since', label: LATE_SINCE, fieldName: 'since', type: 'date-local' },
  { column: 'rating', label: RATING, fieldName: 'rating', type: 'text' },
  { column: 'nextAction', label: NEXT_ACTION, fieldName: 'nextAction', type: 'text' }
];

/**
 * A column for each value that the user may see: a hidden field is in none of the records.
 * @param {UiRecord[]} records
 */
export const describeColumns = (records) =>
  COLUMNS.filter(({ column }) => {
    const field = FIELD_BY_COLUMN[/** @type {keyof typeof FIELD_BY_COLUMN} */ (column)];
    return records.some((record) => getFieldValue(record, field) !== undefined);
  }).map(({ label, fieldName, type, typeAttributes }) => ({
    label,
    fieldName,
    type,
    typeAttributes,
    sortable: true,
    hideDefaultActions: true
  }));

/** @param {UiRecord[]} records */
export const describeRows = (records) =>
  records.map((record) => ({
    id: record.id,
    url: `/lightning/r/Account/${record.id}/view`,
    name: getFieldValue(record, FIELD_BY_COLUMN.name),
    amount: getFieldValue(record, FIELD_BY_COLUMN.amount),
    currency: chooseCurrency(/** @type {string} */ (getFieldValue(record, CURRENCY_FIELD))),
    since: getFieldValue(record, FIELD_BY_COLUMN.since),
    rating:
      getFieldDisplayValue(record, FIELD_BY_COLUMN.rating) ?? getFieldValue(record, FIELD_BY_COLUMN.rating),
    nextAction: getFieldValue(record, FIELD_BY_COLUMN.nextAction)
  }));
