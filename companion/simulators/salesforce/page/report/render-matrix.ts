import { escapeHtml } from '../../http/escape-html.ts';
import { flattenGroups, type Group } from '../../reports/group-rows.ts';
import { renderTableFrame } from '../render-cell.ts';
import { formatFigure } from './format-figure.ts';
import type { ShownReport } from './render-report.ts';

/** The figures of each pair of groups, with those of whole rows and columns. */
export function renderMatrix(shown: ShownReport): string {
  const { run } = shown;
  const down = flattenGroups(run.down);
  const across = flattenGroups(run.across);
  const labels = labelWithParents(run.across);
  const title = [...run.levels.down, ...run.levels.across].map(({ column }) => column.label).join(' by ');
  const head = across.map(
    ({ key }) => `<th scope="col" class="number">${escapeHtml(labels.get(key) ?? '')}</th>`,
  );
  const rows = down.map(
    ({ key, label }) =>
      `<tr><th scope="row" class="depth-${key.split('_').length - 1}">${escapeHtml(label)}</th>${renderFigures(shown, key, across)}</tr>`,
  );
  const table = `<table class="slds-table slds-table_bordered records report">
    <thead><tr><th scope="col">${escapeHtml(title)}</th>${head.join('')}<th scope="col" class="number">Total</th></tr></thead>
    <tbody>${rows.join('')}</tbody>
    <tfoot><tr class="group total"><th scope="row">Total</th>${renderFigures(shown, 'T', across)}</tr></tfoot></table>`;
  return renderTableFrame(title, table);
}

function renderFigures({ run, totals }: ShownReport, key: string, across: readonly Group[]): string {
  return [...across.map((group) => group.key), 'T']
    .map((side) => {
      const figures = totals.get(`${key}!${side}`);
      const lines = run.aggregates.map((aggregate) => {
        const value = escapeHtml(formatFigure(aggregate, figures?.get(aggregate.name), run.currency));
        return `<span class="kind">${escapeHtml(aggregate.label)}</span> ${value}`;
      });
      return `<td class="number">${figures === undefined ? '' : lines.join('<br>')}</td>`;
    })
    .join('');
}

function labelWithParents(groups: readonly Group[], parent = ''): Map<string, string> {
  return new Map(
    groups.flatMap(({ key, label, groups: inner }) => {
      const whole = parent === '' ? label : `${parent}, ${label}`;
      return [[key, whole] as const, ...labelWithParents(inner, whole)];
    }),
  );
}
