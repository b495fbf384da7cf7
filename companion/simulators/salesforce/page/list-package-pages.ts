import { listViews } from '../list-views/read-list-view.ts';
import { recordLayouts } from './record-layouts.ts';
import { listReportTitles } from './report/serve-reports.ts';

/** A page, and what it is called. */
export interface PageLink {
  path: string;
  label: string;
}

/** The list views and reports that the package brings, by the page they are found on. */
export function listPackagePages(directory: string): Readonly<Record<string, readonly PageLink[]>> {
  const lists = recordLayouts.map((layout) => {
    const path = `/lightning/o/${layout.objectName}/list`;
    const [, , ...brought] = listViews(directory, layout);
    return [path, brought.map(({ name, label }) => ({ path: `${path}?filterName=${name}`, label }))] as const;
  });
  const reports = listReportTitles(directory).map(({ name, label }) => ({
    path: `/lightning/r/Report/${name}/view`,
    label,
  }));
  return { ...Object.fromEntries(lists), '/lightning/o/Report/home': reports };
}
