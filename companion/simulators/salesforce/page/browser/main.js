import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import UpflowAccountPanel from 'c/upflowAccountPanel';
import { fillRecordPage } from './recordPage.js';
import { showToasts } from './showToasts.js';

showToasts();
for (const place of document.querySelectorAll('[data-panel]')) {
  const panel = createElement('c-upflow-account-panel', { is: UpflowAccountPanel });
  panel.recordId = place.dataset.panel;
  place.append(panel);
}
// Not awaited: icon libraries, which the bundle defines after this file, must not wait for the API.
fillRecordPage();
