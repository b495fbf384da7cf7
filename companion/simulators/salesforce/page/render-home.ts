import { escapeHtml } from '../http/escape-html.ts';
import { linkTo, type Reader } from './reader.ts';
import { renderApplication } from './render-application.ts';
import { renderIcon } from './render-document.ts';

/** A way into the simulator. */
export interface Destination {
  path: string;
  icon: string;
  title: string;
  text: string;
}

/** The first page: what this is, and where to go. */
export function renderHome(
  reader: Reader,
  organization: string,
  destinations: readonly Destination[],
): string {
  const cards = destinations.map(({ path, icon, title, text }) => {
    const [, symbol = ''] = icon.split(':');
    return `<li><a class="slds-card destination" href="${escapeHtml(linkTo(reader, path))}">
      <span class="slds-icon_container slds-icon-standard-${symbol.replaceAll('_', '-')}">${renderIcon(icon, 'slds-icon')}</span>
      <span><strong>${escapeHtml(title)}</strong><span>${escapeHtml(text)}</span></span></a></li>`;
  });
  const content = `<div class="page home">
  <div class="slds-card introduction">
    <h1 class="slds-text-heading_medium">${escapeHtml(organization)}</h1>
    <p>A Salesforce org that runs on this machine, with the Upflow package installed. It answers the Salesforce API and shows
      the package’s real components, so that a demo or a test needs no org of its own. Its companies and people are made up.</p>
    <p>You see it as ${escapeHtml(reader.name)}. Choose someone else at the top of the page to see what they may see.</p>
  </div>
  <ul class="destinations">${cards.join('')}</ul></div>`;
  return renderApplication({ reader, title: organization, content });
}
