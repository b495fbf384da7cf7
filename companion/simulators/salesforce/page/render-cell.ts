import { escapeHtml } from '../http/escape-html.ts';
import { isNumeric, type Column, type Row } from '../reports/column.ts';
import { linkToRecord, type Reader } from './reader.ts';
import { recordLayouts } from './record-layouts.ts';

/** A value of a row; the name of a record that has a page leads there. */
function renderValue(reader: Reader, column: Column, row: Row): string {
  if (column.type === 'boolean') return column.read(row) === true ? 'Yes' : 'No';
  const text = escapeHtml(column.show(row));
  const target = column.target(row);
  const hasPage = recordLayouts.some(({ objectName }) => objectName === target?.object);
  if (target === null || !hasPage || text === '') return text;
  return `<a href="${escapeHtml(linkToRecord(reader, target.object, target.id))}">${text}</a>`;
}

/** The cells of a row; the first names it. */
export function renderCells(reader: Reader, columns: readonly Column[], row: Row): string {
  return columns
    .map((column, index) => {
      const alignment = isNumeric(column) ? ' class="number"' : '';
      const value = renderValue(reader, column, row);
      return index === 0 ? `<th scope="row"${alignment}>${value}</th>` : `<td${alignment}>${value}</td>`;
    })
    .join('');
}

/** A table that scrolls within its own frame, with the keyboard too. */
export function renderTableFrame(label: string, table: string): string {
  return `<div class="slds-card table-frame" role="region" aria-label="${escapeHtml(label)}" tabindex="0">${table}</div>`;
}
