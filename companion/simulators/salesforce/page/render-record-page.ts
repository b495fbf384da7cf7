import { escapeHtml } from '../http/escape-html.ts';
import type { PlacedComponent } from './read-lightning-pages.ts';
import type { RecordLayout } from './record-layouts.ts';
import { linkTo, type Reader } from './reader.ts';
import { renderApplication, renderPageHeader } from './render-application.ts';
import { renderComponents } from './render-components.ts';

export interface RecordPage {
  layout: RecordLayout;
  recordId: string;
  accessToken: string;
  apiVersion: string;
  reader: Reader;
  /** The package's components, where its page for the object places them. */
  components: readonly PlacedComponent[];
}

/** A record page: Salesforce's own parts, filled by the page's script, around the package's real components. */
export function renderRecordPage({
  layout,
  recordId,
  accessToken,
  apiVersion,
  reader,
  components,
}: RecordPage): string {
  const { objectName, label, tab, icon, highlights, details } = layout;
  const header = renderPageHeader({
    icon,
    crumbs: [{ label: tab, href: linkTo(reader, `/lightning/o/${objectName}/list`) }],
    title: '',
    below: `<dl class="highlights">${renderFields(highlights)}</dl>`,
  });
  const beside = components.filter(({ region }) => region === 'sidebar');
  const above = components.filter(({ region }) => region !== 'sidebar');
  const sidebar =
    beside.length === 0
      ? ''
      : `<aside class="sidebar" aria-label="Upflow">${renderComponents(beside)}</aside>`;
  const content = `<div class="page">
  ${header}
  <p class="slds-card notice" id="record-notice" role="alert" hidden></p>
  <div class="stack">${renderComponents(above)}</div>
  <div class="columns${beside.length === 0 ? ' columns_single' : ''}">
    <section class="slds-card details" aria-labelledby="details-title">
      <h2 class="slds-card__header-title" id="details-title">Details</h2>
      <dl class="details-grid">${renderFields(details)}</dl>
    </section>
    ${sidebar}
  </div></div>`;
  return renderApplication({
    reader,
    title: label,
    tab,
    content,
    data: { objectName, recordId, accessToken, apiVersion },
    script: 'lightning.js',
  });
}

function renderFields(fields: RecordLayout['details']): string {
  return fields
    .map(([path, label]) => `<div><dt>${escapeHtml(label)}</dt><dd data-field="${path}"></dd></div>`)
    .join('');
}
