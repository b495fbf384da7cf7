import { escapeHtml } from '../http/escape-html.ts';
import { linkTo, type Reader } from './reader.ts';
import { renderApplication, renderPageHeader } from './render-application.ts';
import { listSampleStates } from './sample-states.ts';

/** The panel in every state side by side, or in the one state that is asked for; no API is called. */
export function renderGallery(reader: Reader, onlyState?: string): string {
  const states = Object.entries(listSampleStates()).filter(([name]) => !onlyState || name === onlyState);
  const samples = Object.fromEntries(
    states.flatMap(([name, { answer }]) => (answer ? [[name, answer]] : [])),
  );
  const panels = states.map(
    ([
      name,
      { title },
    ]) => `<section class="gallery-item" data-state="${name}" aria-label="${escapeHtml(title)}">
      <h2 class="gallery-title">${escapeHtml(title)}</h2>
      <div data-component="upflowAccountPanel" data-record-id="${name}"></div></section>`,
  );
  const header = renderPageHeader({
    icon: 'standard:lightning_component',
    crumbs: [{ label: 'Home', href: linkTo(reader, '/') }],
    title: 'Account panel states',
    subtitle: 'The panel as it looks for each kind of customer, on sample figures.',
  });
  return renderApplication({
    reader,
    title: 'Account panel states',
    content: `<div class="page">${header}<div class="gallery">${panels.join('')}</div></div>`,
    data: { apiVersion: '', samples },
    script: 'lightning.js',
  });
}
