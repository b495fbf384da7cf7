import type { Look } from './page-options.ts';
import { escapeHtml, renderDocument, renderIcon } from './render-document.ts';

const TABS = ['Home', 'Opportunities', 'Leads', 'Tasks', 'Accounts', 'Contacts', 'Reports', 'Dashboards'];

const HIGHLIGHTS = [
  ['Type', 'Type'],
  ['Phone', 'Phone'],
  ['Website', 'Website'],
  ['Owner.Name', 'Account Owner'],
  ['Industry', 'Industry'],
] as const;

const DETAILS = [
  ['Owner.Name', 'Account Owner'],
  ['Rating', 'Rating'],
  ['Name', 'Account Name'],
  ['Phone', 'Phone'],
  ['Parent.Name', 'Parent Account'],
  ['Fax', 'Fax'],
  ['AccountNumber', 'Account Number'],
  ['Website', 'Website'],
  ['Type', 'Type'],
  ['Industry', 'Industry'],
  ['NumberOfEmployees', 'Employees'],
  ['AnnualRevenue', 'Annual Revenue'],
  ['BillingCity', 'Billing City'],
  ['BillingCountry', 'Billing Country'],
] as const;

const UTILITIES = ['favorite', 'add', 'question', 'setup', 'notification'];

const renderTab = (name: string) => {
  const isHere = name === 'Accounts';
  return `<li class="slds-context-bar__item${isHere ? ' slds-is-active' : ''}">
    <span class="slds-context-bar__label-action"${isHere ? ' aria-current="page"' : ''}>${name}</span></li>`;
};

const renderHeader = (user: string) => `
<header class="page-header-bar">
  <img class="cloud" src="/lightning/assets/images/logo-noname.svg" alt="Salesforce">
  <div class="search">${renderIcon('utility:search')}<span>Search…</span></div>
  <div class="utilities">
    ${UTILITIES.map((name) => renderIcon(`utility:${name}`, 'slds-icon slds-icon_small slds-icon-text-default')).join('')}
    <span class="slds-avatar slds-avatar_circle slds-avatar_medium"><abbr class="slds-avatar__initials slds-icon-standard-user"
      title="Signed in as ${escapeHtml(user)}">${escapeHtml(user.slice(0, 2).toUpperCase())}</abbr></span>
  </div>
</header>
<nav class="slds-context-bar" aria-label="Sales">
  <div class="slds-context-bar__primary"><span class="slds-context-bar__label-action slds-context-bar__app-name">Sales</span></div>
  <div class="slds-context-bar__secondary"><ul class="slds-grid">${TABS.map(renderTab).join('')}</ul></div>
</nav>`;

const renderHighlights = () => `
<div class="slds-page-header slds-page-header_record-home">
  <div class="title-row">
    <span class="slds-icon_container slds-icon-standard-account">${renderIcon('standard:account', 'slds-icon')}</span>
    <div><span>Account</span>
      <h1 class="slds-page-header__title" id="record-title" data-field="Name"></h1></div>
    <div class="slds-button-group record-actions" role="group" aria-label="Actions">
      ${['Follow', 'New Contact', 'Edit'].map((name) => `<button class="slds-button slds-button_neutral">${name}</button>`).join('')}
    </div>
  </div>
  <dl class="highlights">${HIGHLIGHTS.map(
    ([field, label]) => `<div><dt class="slds-text-title">${label}</dt><dd data-field="${field}"></dd></div>`,
  ).join('')}</dl>
</div>`;

const renderDetails = () => `
<section class="slds-card details" aria-label="Details">
  <div class="slds-tabs_default__nav tabs"><span class="tab selected">Details</span><span class="tab">Related</span><span class="tab">News</span></div>
  <dl class="details-grid">${DETAILS.map(
    ([field, label]) => `<div><dt>${label}</dt><dd data-field="${field}"></dd></div>`,
  ).join('')}</dl>
</section>`;

export interface RecordPage {
  recordId: string;
  accessToken: string;
  apiVersion: string;
  user: string;
  look: Look;
}

/** An Account record page: Salesforce's own parts around the real panel. */
export function renderRecordPage({ recordId, accessToken, apiVersion, user, look }: RecordPage): string {
  const body = `${renderHeader(user)}
<main class="record">
  ${renderHighlights()}
  <div class="columns">
    ${renderDetails()}
    <aside class="sidebar" aria-label="Upflow" data-panel="${escapeHtml(recordId)}"></aside>
  </div>
</main>`;
  return renderDocument({
    title: 'Account | Salesforce',
    body,
    look,
    data: { recordId, accessToken, apiVersion },
  });
}
