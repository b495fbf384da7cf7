import { escapeHtml } from '../../http/escape-html.ts';
import { computeTotals } from '../../reports/compute-totals.ts';
import type { ReportRun } from '../../reports/run-report.ts';
import { linkTo, type Reader } from '../reader.ts';
import { renderApplication, renderNotice, renderPageHeader } from '../render-application.ts';
import { describeReport } from './describe-report.ts';
import { formatFigure } from './format-figure.ts';
import { renderDetails } from './render-details.ts';
import { renderMatrix } from './render-matrix.ts';

/** What of a report's outcome the page's parts need. */
export interface ShownReport {
  reader: Reader;
  run: ReportRun;
  /** By the keys of the group down and the group across. */
  totals: ReturnType<typeof computeTotals>;
}

/** A report as it comes out for the reader: its figures as a whole, then its groups and rows. */
export function renderReport(reader: Reader, run: ReportRun): string {
  const { definition, hidden } = run;
  const shown = { reader, run, totals: computeTotals(run) };
  const header = renderPageHeader({
    icon: 'standard:report',
    crumbs: [{ label: 'Reports', href: linkTo(reader, '/lightning/o/Report/home') }],
    title: definition.name,
    ...(definition.description === undefined ? {} : { subtitle: definition.description }),
    below: renderFigures(shown) + renderConditions(run),
  });
  const notices = [
    hidden.length === 0
      ? ''
      : renderNotice(`You have no access to ${hidden.length} of the columns: ${hidden.join(', ')}.`),
    definition.chart === undefined
      ? ''
      : renderNotice('This report has a chart, which the simulator does not draw.'),
  ];
  const tables =
    run.rows.length === 0
      ? renderNotice('No record meets the conditions of this report.')
      : renderTables(shown);
  return renderApplication({
    reader,
    title: definition.name,
    tab: 'Reports',
    content: `<div class="page">${header}${notices.join('')}${tables}</div>`,
  });
}

function renderTables(shown: ShownReport): string {
  const matrix = shown.run.definition.format === 'Matrix' ? renderMatrix(shown) : '';
  return matrix + renderDetails(shown);
}

/** The grand totals, the number of records first. */
function renderFigures({ run, totals }: ShownReport): string {
  if (!run.definition.showGrandTotal) return '';
  const grand = totals.get('T!T');
  const figures = [...run.aggregates].reverse().map((aggregate) => {
    const label = aggregate.type === 'RowCount' ? 'Total Records' : aggregate.label;
    const value = formatFigure(aggregate, grand?.get(aggregate.name), run.currency);
    return { place: aggregate.type === 'RowCount' ? 0 : run.aggregates.indexOf(aggregate) + 1, label, value };
  });
  const items = figures
    .sort((a, b) => a.place - b.place)
    .map(
      ({ label, value }) =>
        `<div><dt>${escapeHtml(label)}</dt><dd class="figure">${escapeHtml(value)}</dd></div>`,
    );
  return `<dl class="highlights">${items.join('')}</dl>`;
}

function renderConditions(run: ReportRun): string {
  const items = describeReport(run).map((text) => `<li>${escapeHtml(text)}</li>`);
  return `<details class="conditions"><summary>What this report shows</summary><ul>${items.join('')}</ul></details>`;
}
