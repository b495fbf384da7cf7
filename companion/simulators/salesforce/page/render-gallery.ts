import type { Look } from './page-options.ts';
import { escapeHtml, renderDocument } from './render-document.ts';
import { listSampleStates } from './sample-states.ts';

/** The panel in every state side by side, or in the one state that is asked for; no API is called. */
export function renderGallery(look: Look, onlyState?: string): string {
  const states = Object.entries(listSampleStates()).filter(([name]) => !onlyState || name === onlyState);
  const samples = Object.fromEntries(
    states.flatMap(([name, { answer }]) => (answer ? [[name, answer]] : [])),
  );
  const panels = states.map(
    ([
      name,
      { title },
    ]) => `<section class="gallery-item" data-state="${name}" aria-label="${escapeHtml(title)}">
      <p class="gallery-title">${escapeHtml(title)}</p>
      <div data-panel="${name}"></div></section>`,
  );
  const body = `<main class="gallery"><h1 class="slds-assistive-text">The Account panel in every state</h1>${panels.join('')}</main>`;
  return renderDocument({ title: 'Account panel states', body, look, data: { apiVersion: '', samples } });
}
