import { escapeHtml } from '../http/escape-html.ts';
import { linkTo, type Reader } from './reader.ts';
import type { PageLink } from './list-package-pages.ts';
import { renderApplication } from './render-application.ts';
import { renderIcon } from './render-document.ts';

/** A way into the simulator. */
export interface Destination {
  path: string;
  icon: string;
  title: string;
  text: string;
  /** The pages of the package that are found there. */
  within?: readonly PageLink[];
}

/** The first page: what this is, and where to go. */
export function renderHome(
  reader: Reader,
  organization: string,
  destinations: readonly Destination[],
): string {
  const cards = destinations.map((destination) => renderDestination(reader, destination)).join('');
  const content = `<div class="page home">
  <div class="slds-card introduction">
    <h1 class="slds-text-heading_medium">${escapeHtml(organization)}</h1>
    <p>A Salesforce org that runs on this machine, with the Upflow package installed. It answers the Salesforce API and shows
      the package’s real components, so that a demo or a test needs no org of its own. Its companies and people are made up.</p>
    <p>You see it as ${escapeHtml(reader.name)}. Choose someone else at the top of the page to see what they may see.</p>
  </div>
  <ul class="destinations">${cards}</ul></div>`;
  return renderApplication({ reader, title: organization, content });
}

function renderDestination(reader: Reader, { path, icon, title, text, within = [] }: Destination): string {
  const [, symbol = ''] = icon.split(':');
  const links = within.map((page) => `<li>${renderLink(reader, page)}</li>`).join('');
  return `<li class="slds-card destination">
    <span class="slds-icon_container slds-icon-standard-${symbol.replaceAll('_', '-')}">${renderIcon(icon, 'slds-icon')}</span>
    <div><h2>${renderLink(reader, { path, label: title })}</h2><p>${escapeHtml(text)}</p>
    ${links === '' ? '' : `<ul>${links}</ul>`}</div></li>`;
}

function renderLink(reader: Reader, { path, label }: PageLink): string {
  const [address = '', query] = path.split('?');
  const href = linkTo(reader, address, Object.fromEntries(new URLSearchParams(query)));
  return `<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`;
}
