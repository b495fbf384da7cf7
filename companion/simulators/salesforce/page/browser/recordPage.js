import { getFieldDisplayValue, getFieldValue } from 'lightning/uiRecordApi';
import { pageData } from './pageData.js';
import { fetchRecord } from './recordSource.js';

function read(record, field) {
  const value = getFieldDisplayValue(record, field) ?? getFieldValue(record, field);
  return typeof value === 'number' ? value.toLocaleString(document.documentElement.dataset.locale) : value;
}

/** Fills the parts of the page that Salesforce itself would draw: record title, highlights and details. */
export async function fillRecordPage() {
  if (!pageData.recordId) return;
  const places = [...document.querySelectorAll('[data-field]')];
  const fields = [...new Set(places.map(({ dataset }) => `Account.${dataset.field}`))];
  const { data, error } = await fetchRecord(pageData.recordId, [], fields);
  for (const place of places) {
    const value = data ? read(data, `Account.${place.dataset.field}`) : undefined;
    place.textContent = value ?? '';
  }
  if (error) document.getElementById('record-title').textContent = 'This record is not available';
  document.title = `${document.getElementById('record-title').textContent} | Account | Salesforce`;
}
