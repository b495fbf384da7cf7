import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import components from '@package/components';
import { pageData } from './pageData.js';
import { fillRecordPage } from './recordPage.js';
import { makeWithSamples } from './recordSource.js';
import { showFormats } from './showFormats.js';
import { showToasts } from './showToasts.js';

const toTag = (name) => `c-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function makeComponent({ component, properties = '{}' }) {
  const { recordId, objectName: objectApiName } = pageData;
  const element = createElement(toTag(component), { is: components[component] });
  return Object.assign(element, { recordId, objectApiName }, JSON.parse(properties));
}

showToasts();
showFormats();
for (const place of document.querySelectorAll('[data-component]')) {
  const { item } = place.closest('[data-item]')?.dataset ?? {};
  makeWithSamples(item, () => place.append(makeComponent(place.dataset)));
}
// Not awaited: icon libraries, which the bundle defines after this file, must not wait for the API.
fillRecordPage();
