import { escapeHtml } from '../../http/escape-html.ts';
import type { ReportFile } from '../../reports/report-library.ts';
import { linkTo, type Reader } from '../reader.ts';
import { renderApplication, renderNotice, renderPageHeader } from '../render-application.ts';
import { renderTableFrame } from '../render-cell.ts';

/** A report of the package with what its own metadata says of it. */
export interface ListedReport extends ReportFile {
  label: string;
  description: string;
}

/** All reports that the package brings. */
export function renderReportList(reader: Reader, reports: readonly ListedReport[]): string {
  const header = renderPageHeader({
    icon: 'standard:report',
    crumbs: [{ label: 'Home', href: linkTo(reader, '/') }],
    title: 'Reports',
    subtitle: `${reports.length} ${reports.length === 1 ? 'report' : 'reports'} of the package`,
  });
  const rows = reports.map(({ name, label, description, folder }) => {
    const href = escapeHtml(linkTo(reader, `/lightning/r/Report/${name}/view`));
    return `<tr><th scope="row"><a href="${href}">${escapeHtml(label)}</a></th><td class="wrap">${escapeHtml(description)}</td><td>${escapeHtml(folder)}</td></tr>`;
  });
  const table = `<table class="slds-table slds-table_bordered records">
    <thead><tr><th scope="col">Report Name</th><th scope="col">Description</th><th scope="col">Folder</th></tr></thead>
    <tbody>${rows.join('')}</tbody></table>`;
  const body =
    rows.length === 0 ? renderNotice('The package has no reports.') : renderTableFrame('Reports', table);
  return renderApplication({
    reader,
    title: 'Reports',
    tab: 'Reports',
    content: `<div class="page">${header}${body}</div>`,
  });
}
