import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import recordComponents from '@package/recordComponents';
import { fillRecordPage } from './recordPage.js';
import { showToasts } from './showToasts.js';

const toTag = (name) => `c-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

showToasts();
for (const place of document.querySelectorAll('[data-component]')) {
  const { component, recordId } = place.dataset;
  const element = createElement(toTag(component), { is: recordComponents[component] });
  element.recordId = recordId;
  place.append(element);
}
// Not awaited: icon libraries, which the bundle defines after this file, must not wait for the API.
fillRecordPage();
