import { escapeHtml } from '../http/escape-html.ts';
import { linkTo, type Reader } from './reader.ts';
import { renderDocument, renderIcon, type PageData } from './render-document.ts';

/** The tabs that have pages here; those of the package's app lead to its own pages. */
export const TABS = [
  { label: 'Get Started', path: '/lightning/n/Upflow_Get_Started' },
  { label: 'Overdue', path: '/lightning/n/Upflow_Overdue' },
  { label: 'Accounts', path: '/lightning/o/Account/list' },
  { label: 'Opportunities', path: '/lightning/o/Opportunity/list' },
  { label: 'Reports', path: '/lightning/o/Report/home' },
  { label: 'API calls', path: '/simulator/calls' },
] as const;

export type TabLabel = (typeof TABS)[number]['label'];

/** A page of the application: what is particular to it. */
export interface ApplicationPage {
  reader: Reader;
  title: string;
  /** The tab that the page belongs to; the home page belongs to none. */
  tab?: TabLabel;
  content: string;
  data?: PageData;
  script?: string;
}

/** Puts a page into the frame that all pages share: header, navigation and who looks at it. */
export function renderApplication({ reader, title, tab, content, data, script }: ApplicationPage): string {
  const body = `<a class="skip-link slds-button slds-button_brand" href="#content">Skip to the content</a>
${renderHeader(reader)}
${renderNavigation(reader, tab)}
<main id="content" tabindex="-1">${content}</main>`;
  return renderDocument({
    title: `${title} | Salesforce simulator`,
    body,
    look: reader.look,
    ...(data === undefined ? {} : { data }),
    ...(script === undefined ? {} : { script }),
  });
}

function renderHeader(reader: Reader): string {
  return `<header class="application-header">
  <a class="home-link" href="${escapeHtml(linkTo(reader, '/'))}">
    <img class="cloud" src="/lightning/assets/images/logo-noname.svg" alt="">
    <span>Salesforce simulator<span class="slds-assistive-text">, home</span></span>
  </a>
  ${renderUserMenu(reader)}
</header>`;
}

/** The three users see different fields, so a page can be looked at with the eyes of each. */
function renderUserMenu(reader: Reader): string {
  const items = reader.others.map(({ user, name }) => {
    const current = user === reader.user ? ' aria-current="true"' : '';
    const query = new URLSearchParams({ ...reader.choices, user });
    return `<li><a href="?${escapeHtml(query.toString())}"${current}>${escapeHtml(name)}<span>${user}</span></a></li>`;
  });
  const initials = reader.name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();
  return `<details class="user-menu">
    <summary><span class="slds-assistive-text">Signed in as </span>
      <span class="slds-avatar slds-avatar_circle slds-avatar_small" aria-hidden="true"><span class="slds-avatar__initials slds-icon-standard-user">${escapeHtml(initials)}</span></span>
      <span class="user-name">${escapeHtml(reader.name)}</span>${renderIcon('utility:down', 'slds-icon slds-icon_xx-small slds-icon-text-default')}</summary>
    <div class="user-choices"><p>See the org as</p><ul>${items.join('')}</ul></div>
  </details>`;
}

function renderNavigation(reader: Reader, current: TabLabel | undefined): string {
  const items = TABS.map(({ label, path }) => {
    const isHere = label === current;
    return `<li class="slds-context-bar__item${isHere ? ' slds-is-active' : ''}"><a class="slds-context-bar__label-action" href="${escapeHtml(linkTo(reader, path))}"${isHere ? ' aria-current="page"' : ''}>${label}</a></li>`;
  });
  return `<nav class="slds-context-bar" aria-label="Main">
  <div class="slds-context-bar__primary"><span class="slds-context-bar__label-action slds-context-bar__app-name">Upflow</span></div>
  <div class="slds-context-bar__secondary"><ul class="slds-grid">${items.join('')}</ul></div>
</nav>`;
}

/** Where a page stands, above its title. */
export interface Crumb {
  label: string;
  href: string;
}

/** What opens a page: an icon, the way to it and its title; `aside` stands at the end of the line. */
export function renderPageHeader(options: {
  icon: string;
  crumbs: Crumb[];
  title: string;
  subtitle?: string;
  aside?: string;
  below?: string;
}): string {
  const { icon, crumbs, title, subtitle, aside = '', below = '' } = options;
  const [, symbol = ''] = icon.split(':');
  const items = crumbs.map(
    ({ label, href }) =>
      `<li class="slds-breadcrumb__item"><a href="${escapeHtml(href)}">${escapeHtml(label)}</a></li>`,
  );
  return `<div class="slds-page-header">
  <div class="title-row">
    <span class="slds-icon_container slds-icon-standard-${symbol.replaceAll('_', '-')}">${renderIcon(icon, 'slds-icon')}</span>
    <div class="title">
      <nav aria-label="Breadcrumbs"><ol class="slds-breadcrumb">${items.join('')}</ol></nav>
      <h1 class="slds-page-header__title" id="page-title">${escapeHtml(title)}</h1>
    </div>
    ${aside}
  </div>
  ${subtitle === undefined ? '' : `<p class="subtitle">${escapeHtml(subtitle)}</p>`}${below}
</div>`;
}

/** A sentence in place of content: nothing is there, or it cannot be shown. */
export function renderNotice(text: string, kind: 'info' | 'error' = 'info'): string {
  const icon = renderIcon(`utility:${kind}`, 'slds-icon slds-icon_small slds-icon-text-default');
  return `<div class="slds-card notice" data-notice="${kind}">${icon}<p>${escapeHtml(text)}</p></div>`;
}
