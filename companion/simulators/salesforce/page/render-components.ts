import { escapeHtml } from '../http/escape-html.ts';
import type { PlacedComponent } from './read-lightning-pages.ts';

/** The places of a page's components, which the page's script fills with the real ones. */
export function renderComponents(components: readonly PlacedComponent[]): string {
  return components
    .map(({ name, properties }) => {
      const settings = escapeHtml(JSON.stringify(properties));
      return `<div data-component="${name}" data-properties="${settings}"></div>`;
    })
    .join('');
}
