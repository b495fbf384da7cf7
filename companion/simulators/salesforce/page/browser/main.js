import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import exposedComponents from '@package/exposedComponents';
import { pageData } from './pageData.js';
import { fillRecordPage } from './recordPage.js';
import { showToasts } from './showToasts.js';

const toTag = (name) => `c-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

showToasts();
for (const place of document.querySelectorAll('[data-component]')) {
  const { component, recordId = pageData.recordId, properties = '{}' } = place.dataset;
  const element = createElement(toTag(component), { is: exposedComponents[component] });
  Object.assign(element, { recordId, objectApiName: pageData.objectName }, JSON.parse(properties));
  place.append(element);
}
// Not awaited: icon libraries, which the bundle defines after this file, must not wait for the API.
fillRecordPage();
