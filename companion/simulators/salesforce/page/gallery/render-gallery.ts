import { escapeHtml } from '../../http/escape-html.ts';
import { linkTo, type Reader } from '../reader.ts';
import { renderApplication, renderPageHeader } from '../render-application.ts';
import type { GalleryItem, GallerySection, Wording } from './gallery-item.ts';
import { listSections } from './list-sections.ts';
import { renderLookChoices } from './render-look-choices.ts';
import { listFormats } from './sample-formats.ts';

const TITLE = 'Component gallery';
const FORMATS = 'format';

/** Every component of the package in every state, or the section or state that is asked for; no API is called. */
export function renderGallery(reader: Reader, wording: Wording, only?: string): string {
  const sections = listSections(wording).flatMap((section) => {
    const isWhole = only === undefined || section.name === only;
    const items = section.items.filter(({ name }) => isWhole || name === only);
    return items.length > 0 ? [{ ...section, items }] : [];
  });
  const showsFormats = only === undefined || only === FORMATS;
  const samples = sections
    .flatMap(({ items }) => items)
    .map(({ name, answers = {} }) => [name, answers] as const);
  const header = renderPageHeader({
    icon: 'standard:lightning_component',
    crumbs: [{ label: 'Home', href: linkTo(reader, '/') }],
    title: TITLE,
    subtitle: 'Every component of the package in every state, on sample figures.',
    below: renderLookChoices(reader) + renderContents(sections),
  });
  return renderApplication({
    reader,
    title: TITLE,
    content: `<div class="page">${header}${sections.map(renderSection).join('')}${showsFormats ? renderFormats() : ''}</div>`,
    data: { apiVersion: '', samples: Object.fromEntries(samples) },
    script: 'lightning.js',
  });
}

function renderContents(sections: readonly GallerySection[]): string {
  const links = [...sections, { name: FORMATS, title: 'Formats', items: listFormats() }].map(
    ({ name, title, items }) =>
      `<li><a href="#${name}">${title}</a> <span class="count">${items.length}</span></li>`,
  );
  return sections.length < 2
    ? ''
    : `<nav aria-label="Components"><ul class="contents">${links.join('')}</ul></nav>`;
}

function renderSection({ name, title, text, width, items }: GallerySection): string {
  return `<section class="gallery-section" id="${name}" aria-labelledby="${name}-title">
  <h2 class="slds-text-heading_medium" id="${name}-title">${title}</h2>
  <p class="gallery-text">${text}</p>
  <div class="gallery gallery_${width}">${items.map(renderItem).join('')}</div></section>`;
}

function renderItem({ name, title, component, properties = {}, note }: GalleryItem): string {
  return `<article class="gallery-item" data-item="${name}">
  <h3 class="gallery-title">${escapeHtml(title)}</h3>
  ${note === undefined ? '' : `<p class="gallery-note">${escapeHtml(note)}</p>`}
  <div data-component="${component}" data-properties="${escapeHtml(JSON.stringify(properties))}"></div></article>`;
}

/** Formats have no look of their own: the page's script writes what they give. */
function renderFormats(): string {
  const rows = listFormats().map(
    ({ title, format, values }) => `<tr><th scope="row">${title}</th>
      <td class="number" data-format="${format}" data-values="${escapeHtml(JSON.stringify(values))}"></td></tr>`,
  );
  return `<section class="gallery-section" id="${FORMATS}" aria-labelledby="${FORMATS}-title">
  <h2 class="slds-text-heading_medium" id="${FORMATS}-title">Formats</h2>
  <p class="gallery-text">Money, shares, numbers and days, as the reader’s region writes them.</p>
  <div class="slds-card formats"><table class="slds-table records"><thead><tr><th scope="col">Value</th><th scope="col" class="number">As written</th></tr></thead>
  <tbody>${rows.join('')}</tbody></table></div></section>`;
}
