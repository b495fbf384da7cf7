import { getFieldDisplayValue, getFieldValue } from 'lightning/uiRecordApi';
import { chooseCurrency, formatDay, formatMoney } from 'c/upflowFormat';
import ACCOUNT from '@salesforce/label/c.Accounts_Account';
import LATE_SINCE from '@salesforce/label/c.Oldest_Overdue';
import NEXT_ACTION from '@salesforce/label/c.Next_Action';
import OVERDUE from '@salesforce/label/c.Overdue';
import RATING from '@salesforce/label/c.Payer_Rating';
import { CURRENCY_FIELD, FIELD_BY_COLUMN } from './listFields';

/** @typedef {import('lightning/uiRecordApi').UiRecord} UiRecord */
/** @typedef {keyof typeof FIELD_BY_COLUMN} ColumnName */
/** @typedef {'asc' | 'desc'} Direction */
/** @typedef {{ name: ColumnName, label: string, firstDirection: Direction }} Column */

/** @type {Column[]} */
const COLUMNS = [
  { name: 'name', label: ACCOUNT, firstDirection: 'asc' },
  { name: 'amount', label: OVERDUE, firstDirection: 'desc' },
  { name: 'since', label: LATE_SINCE, firstDirection: 'asc' },
  { name: 'rating', label: RATING, firstDirection: 'desc' },
  { name: 'nextAction', label: NEXT_ACTION, firstDirection: 'asc' }
];

/**
 * A column for each value that the user may see: a hidden field is in none of the records.
 * @param {UiRecord[]} records
 */
export const chooseColumns = (records) =>
  COLUMNS.filter(({ name }) =>
    records.some((record) => getFieldValue(record, FIELD_BY_COLUMN[name]) !== undefined)
  );

/**
 * The direction that a press on a column's heading sorts in: its own first, then the other.
 * @param {string} name
 * @param {{ column: string, direction: Direction }} present
 * @returns {Direction}
 */
export function turnDirection(name, { column, direction }) {
  if (name === column) return direction === 'asc' ? 'desc' : 'asc';
  return COLUMNS.find((candidate) => candidate.name === name)?.firstDirection ?? 'desc';
}

/**
 * @param {Column[]} columns
 * @param {{ column: string, direction: Direction }} sorting
 */
export const describeHeadings = (columns, { column, direction }) =>
  columns.map(({ name, label }) => {
    const isSorted = name === column;
    const order = direction === 'asc' ? 'ascending' : 'descending';
    return {
      name,
      label,
      headingClass: `heading ${name}`,
      sort: isSorted ? order : 'none',
      icon: isSorted ? (direction === 'asc' ? 'utility:arrowup' : 'utility:arrowdown') : ''
    };
  });

/**
 * @param {UiRecord} record
 * @param {ColumnName} name
 */
function describeValue(record, name) {
  const value = getFieldValue(record, FIELD_BY_COLUMN[name]);
  if (value === null || value === undefined) return '';
  if (name === 'since') return formatDay(String(value));
  if (name !== 'amount') return getFieldDisplayValue(record, FIELD_BY_COLUMN[name]) ?? String(value);
  const currency = /** @type {string} */ (getFieldValue(record, CURRENCY_FIELD));
  return formatMoney(Number(value), chooseCurrency(currency));
}

/**
 * @param {UiRecord[]} records
 * @param {Column[]} columns
 */
export const describeRows = (records, columns) =>
  records.map((record) => ({
    id: record.id,
    url: `/lightning/r/Account/${record.id}/view`,
    name: describeValue(record, 'name'),
    cells: columns
      .filter(({ name }) => name !== 'name')
      .map(({ name, label }) => {
        const text = describeValue(record, name);
        return { name, label, text, cellClass: text ? `cell ${name}` : 'cell blank' };
      })
  }));
