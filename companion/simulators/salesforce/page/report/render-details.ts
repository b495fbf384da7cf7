import { escapeHtml } from '../../http/escape-html.ts';
import { isNumeric, type Row } from '../../reports/column.ts';
import type { Group } from '../../reports/group-rows.ts';
import type { Aggregate } from '../../reports/summarize.ts';
import { renderCells, renderTableFrame } from '../render-cell.ts';
import { formatFigure } from './format-figure.ts';
import type { ShownReport } from './render-report.ts';

const MOST_ROWS = 2000;

/** The rows, under the groups that they are in, each group with its figures; as many rows as Lightning shows at most. */
export function renderDetails(shown: ShownReport): string {
  const { run } = shown;
  const isMatrix = run.definition.format === 'Matrix';
  if (isMatrix && !run.definition.showDetails) return '';
  const budget = { rows: MOST_ROWS };
  const body =
    run.down.length === 0 || isMatrix
      ? `<tbody>${renderRows(shown, run.rows, budget)}</tbody>`
      : run.down.map((group) => renderGroup(shown, group, 0, budget)).join('');
  const head = run.columns
    .map(
      (column) =>
        `<th scope="col"${isNumeric(column) ? ' class="number"' : ''}>${escapeHtml(column.label)}</th>`,
    )
    .join('');
  const label = isMatrix ? `${run.definition.name}, rows` : run.definition.name;
  const table = `<table class="slds-table slds-table_bordered records report">
    <thead><tr>${head}</tr></thead>${body}${renderGrandTotal(shown)}</table>`;
  const more =
    run.rows.length > MOST_ROWS
      ? `<p class="subtitle">The first ${MOST_ROWS.toLocaleString('en-US')} rows are shown; the figures are those of all.</p>`
      : '';
  return renderTableFrame(label, table) + more;
}

/** Rows are counted down, so that a report on a large org stays a page that can be read. */
interface Budget {
  rows: number;
}

function renderGroup(shown: ShownReport, group: Group, depth: number, budget: Budget): string {
  const heading = `<tr class="group depth-${depth}">${renderFigureCells(
    shown,
    `${group.key}!T`,
    `${escapeHtml(group.label)} <span class="count">(${group.rows.length.toLocaleString('en-US')})</span>`,
    'rowgroup',
  )}</tr>`;
  const inner = group.groups.map((child) => renderGroup(shown, child, depth + 1, budget)).join('');
  const rows = group.groups.length === 0 ? renderRows(shown, group.rows, budget) : '';
  return `<tbody>${heading}${rows}</tbody>${inner}`;
}

function renderRows({ reader, run }: ShownReport, rows: readonly Row[], budget: Budget): string {
  if (!run.definition.showDetails) return '';
  const allowed = rows.slice(0, budget.rows);
  budget.rows -= allowed.length;
  return allowed.map((row) => `<tr>${renderCells(reader, run.columns, row)}</tr>`).join('');
}

function renderGrandTotal(shown: ShownReport): string {
  const { run } = shown;
  if (!run.definition.showGrandTotal || run.aggregates.length === 1) return '';
  const label = `Total <span class="count">(${run.rows.length.toLocaleString('en-US')})</span>`;
  return `<tfoot><tr class="group total">${renderFigureCells(shown, 'T!T', label, 'row')}</tr></tfoot>`;
}

/** A label over the columns that have no figures, then the figures of each column. */
function renderFigureCells({ run, totals }: ShownReport, key: string, label: string, scope: string): string {
  const showsFigures = scope === 'row' || run.definition.showSubTotals;
  const byColumn = run.columns.map(({ name }) =>
    run.aggregates.filter(({ column }) => column?.name === name),
  );
  const first = byColumn.findIndex((aggregates) => aggregates.length > 0);
  const span = showsFigures && first > 0 ? first : showsFigures && first === 0 ? 1 : run.columns.length;
  const cells = byColumn.slice(span).map((aggregates) => `<td class="number">${figures(aggregates)}</td>`);
  const own = first === 0 && showsFigures ? ` ${figures(byColumn[0] ?? [])}` : '';
  return `<th scope="${scope}" colspan="${span}">${label}${own}</th>${cells.join('')}`;

  function figures(aggregates: readonly Aggregate[]): string {
    return aggregates
      .map((aggregate) => {
        const value = escapeHtml(formatFigure(aggregate, totals.get(key)?.get(aggregate.name), run.currency));
        return aggregate.type === 'Sum' ? value : `<span class="kind">${aggregate.type}</span> ${value}`;
      })
      .join('<br>');
  }
}
