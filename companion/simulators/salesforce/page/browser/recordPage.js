import { getFieldDisplayValue, getFieldValue } from 'lightning/uiRecordApi';
import { pageData } from './pageData.js';
import { openSource, toRecordPath } from './recordSource.js';

const NOT_AVAILABLE = 'This record is not available';

function read(record, field) {
  const value = getFieldDisplayValue(record, field) ?? getFieldValue(record, field);
  return typeof value === 'number' ? value.toLocaleString(document.documentElement.dataset.locale) : value;
}

/** A related Account leads to its own page, with the page's choices kept. */
function linkToAccount(record, text) {
  const id = getFieldValue(record, `${pageData.objectName}.AccountId`);
  if (!id || !text) return text ?? '';
  const link = document.createElement('a');
  link.href = `/lightning/r/Account/${id}/view${window.location.search}`;
  link.textContent = text;
  return link;
}

/** The address of a website is one that can be followed. */
function linkToWebsite(address) {
  const link = document.createElement('a');
  link.href = address;
  link.rel = 'noopener';
  link.textContent = address;
  return link;
}

function toContent(record, field, text) {
  if (field === 'Account.Name') return linkToAccount(record, text);
  return field === 'Website' && /^https?:\/\//.test(text ?? '') ? linkToWebsite(text) : (text ?? '');
}

function fill(place, record) {
  const { field } = place.dataset;
  const path = `${pageData.objectName}.${field}`;
  // A field that is absent from the answer is one that the reader may not see, or that the org does not have.
  const isVisible = record.fields[field.split('.')[0]] !== undefined;
  place.parentElement.hidden = !isVisible;
  const text = read(record, path);
  place.replaceChildren(toContent(record, field, text));
}

/** A record that is not there has no page; where the answer failed, its components still tell of it themselves. */
function showFailure({ status }) {
  const isMissing = status === 404;
  const notice = document.getElementById('record-notice');
  notice.textContent = isMissing
    ? 'It does not exist, or you have no access to it.'
    : 'Its details could not be read. Try again by loading the page anew.';
  notice.hidden = false;
  const parts = isMissing ? '.highlights, .columns' : '.highlights, .details';
  document.querySelectorAll(parts).forEach((part) => part.remove());
}

/** Fills the parts of the page that Salesforce itself would draw: title, highlights and details. */
export async function fillRecordPage() {
  const { recordId, objectName } = pageData;
  if (!recordId) return;
  const places = [...document.querySelectorAll('[data-field]')];
  const names = new Set(['Name', 'AccountId', ...places.map(({ dataset }) => dataset.field)]);
  const fields = [...names].map((name) => `${objectName}.${name}`);
  const { data, error } = await openSource()(toRecordPath(recordId, [], fields));
  if (data) places.forEach((place) => fill(place, data));
  else showFailure(error);
  const title = document.getElementById('page-title');
  title.textContent = data ? read(data, `${objectName}.Name`) : NOT_AVAILABLE;
  document.title = `${title.textContent} | ${objectName} | Salesforce simulator`;
}
