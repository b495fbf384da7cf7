import currencyCodes from 'currency-codes';
import { escapeHtml } from '../../salesforce/http/escape-html.ts';

/** A value as text of a page; a dash where there is none. */
export function show(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
    ? escapeHtml(String(value))
    : '–';
}

/** An amount in minor units, with its currency. */
export function showAmount(minor: unknown, currency: unknown): string {
  if (typeof minor !== 'number') return '–';
  const digits = currencyCodes.code(String(currency))?.digits ?? 2;
  return `${(minor / 10 ** digits).toFixed(digits)} ${show(currency)}`;
}

export interface Column<Row> {
  heading: string;
  /** HTML. */
  cell: (row: Row) => string;
  isNumber?: boolean;
}

/** A table that scrolls by itself where it is wider than the screen. */
export function renderTable<Row>(
  label: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const attribute = (isNumber = false) => (isNumber ? ' class="n"' : '');
  const headings = columns.map(
    ({ heading, isNumber }) => `<th scope="col"${attribute(isNumber)}>${heading}</th>`,
  );
  const body = rows.map(
    (row) =>
      `<tr>${columns.map(({ cell, isNumber }) => `<td${attribute(isNumber)}>${cell(row)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(label)}"><table>
<thead><tr>${headings.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}

/** Facts under their names. */
export function renderFacts(facts: readonly (readonly [name: string, html: string])[]): string {
  return `<dl class="facts">${facts.map(([name, html]) => `<div><dt>${name}</dt><dd>${html}</dd></div>`).join('')}</dl>`;
}
