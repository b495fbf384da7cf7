import { escapeHtml } from '../../http/escape-html.ts';
import { isNumeric, type Column } from '../../reports/column.ts';
import { linkTo, type Reader } from '../reader.ts';
import type { RecordLayout } from '../record-layouts.ts';
import { renderApplication, renderNotice, renderPageHeader } from '../render-application.ts';
import { renderCells, renderTableFrame } from '../render-cell.ts';
import { renderIcon } from '../render-document.ts';
import type { ListView } from '../../list-views/read-list-view.ts';
import type { ListPage, ListRequest } from '../../list-views/run-list-view.ts';

export interface ListViewPage {
  reader: Reader;
  layout: RecordLayout;
  views: readonly ListView[];
  view: ListView;
  request: ListRequest;
  found: ListPage;
}

/** A list of records: its views, a search, columns to sort by, and pages. */
export function renderListView(page: ListViewPage): string {
  const { reader, layout, view, found } = page;
  const header = renderPageHeader({
    icon: layout.icon,
    crumbs: [{ label: 'Home', href: linkTo(reader, '/') }],
    title: view.label,
    subtitle: describeCount(found),
    aside: renderSearch(page),
    below: renderViews(page),
  });
  return renderApplication({
    reader,
    title: view.label,
    tab: layout.tab,
    content: `<div class="page">${header}${renderFound(page, found)}</div>`,
  });
}

const listPath = ({ objectName }: RecordLayout): string => `/lightning/o/${objectName}/list`;

/** The same list with something changed; changes of order and content begin at the first page again. */
function linkToList(
  { reader, layout, view, request }: ListViewPage,
  changes: Record<string, string>,
): string {
  const parameters = {
    filterName: view.name,
    ...(request.sort === '' ? {} : { sort: request.sort }),
    ...(request.descending ? { order: 'desc' } : {}),
    ...(request.search === '' ? {} : { q: request.search }),
    ...changes,
  };
  return escapeHtml(linkTo(reader, listPath(layout), parameters));
}

function describeCount({ total, rows, first }: ListPage): string {
  if (total === 0) return 'No records';
  const count = total.toLocaleString('en-US');
  const items = `${count} ${total === 1 ? 'record' : 'records'}`;
  if (rows.length === total) return items;
  const place = (number: number): string => number.toLocaleString('en-US');
  return `${place(first)} to ${place(first + rows.length - 1)} of ${items}`;
}

function renderSearch({ reader, layout, view, request }: ListViewPage): string {
  const kept = Object.entries({
    ...reader.choices,
    filterName: view.name,
    sort: request.sort,
    order: request.descending ? 'desc' : '',
  })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  const label = `Search ${layout.tab.toLowerCase()}`;
  return `<form class="search" role="search" action="${listPath(layout)}">${kept.join('')}
    <input class="slds-input" type="search" name="q" value="${escapeHtml(request.search)}" placeholder="Search this list…" aria-label="${label}">
    <button class="slds-button slds-button_neutral" type="submit">Search</button></form>`;
}

function renderViews({ reader, layout, views, view }: ListViewPage): string {
  const items = views.map(({ name, label }) => {
    const href = escapeHtml(linkTo(reader, listPath(layout), { filterName: name }));
    return `<li><a href="${href}"${name === view.name ? ' aria-current="page"' : ''}>${escapeHtml(label)}</a></li>`;
  });
  return `<nav aria-label="List views"><ul class="pills">${items.join('')}</ul></nav>`;
}

function renderFound(page: ListViewPage, found: ListPage): string {
  const { reader, layout, request } = page;
  if (found.total === 0) {
    return renderNotice(
      request.search === ''
        ? `There are no ${layout.tab.toLowerCase()} in this list.`
        : `Nothing in this list has “${request.search}” in it.`,
    );
  }
  const head = found.columns.map((column) => renderHeading(page, found, column)).join('');
  const rows = found.rows.map((row) => `<tr>${renderCells(reader, found.columns, row)}</tr>`).join('');
  const table = `<table class="slds-table slds-table_bordered records">
    <thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
  return renderTableFrame(page.view.label, table) + renderPages(page, found);
}

/** A heading sorts by its column; on the sorted one it turns the order around. */
function renderHeading(page: ListViewPage, found: ListPage, column: Column): string {
  const isSorted = column.name === found.sort;
  const { descending } = page.request;
  const direction = isSorted && !descending ? 'desc' : 'asc';
  const order = isSorted ? ` aria-sort="${descending ? 'descending' : 'ascending'}"` : '';
  const arrow = isSorted
    ? renderIcon(
        descending ? 'utility:arrowdown' : 'utility:arrowup',
        'slds-icon slds-icon_xx-small slds-icon-text-default',
      )
    : '';
  const alignment = isNumeric(column) ? ' class="number"' : '';
  return `<th scope="col"${order}${alignment}><a href="${linkToList(page, { sort: column.name, order: direction })}">${escapeHtml(column.label)}${arrow}</a></th>`;
}

function renderPages(page: ListViewPage, { page: number, pages }: ListPage): string {
  if (pages === 1) return '';
  const step = (label: string, target: number): string =>
    target < 1 || target > pages
      ? `<span class="slds-button slds-button_neutral" aria-disabled="true">${label}</span>`
      : `<a class="slds-button slds-button_neutral" href="${linkToList(page, { page: String(target) })}">${label}</a>`;
  return `<nav class="pages" aria-label="Pages">${step('Previous', number - 1)}
    <span>Page ${number.toLocaleString('en-US')} of ${pages.toLocaleString('en-US')}</span>${step('Next', number + 1)}</nav>`;
}
