import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { z } from 'zod';
import type { SimulatedOrg } from '../../org/simulated-org.ts';
import { openView } from '../../reports/open-view.ts';
import { readXml } from '../../reports/read-xml.ts';
import { ReportError } from '../../reports/report-error.ts';
import { listReports, loadReport, type ReportFile } from '../../reports/report-library.ts';
import { runReport } from '../../reports/run-report.ts';
import { nameUserOf, readReader } from '../reader.ts';
import { renderReport } from './render-report.ts';
import { renderReportList, type ListedReport } from './render-report-list.ts';

const titleShape = z.looseObject({ name: z.string(), description: z.string().default('') });

/** The package's reports: all of them in a list, and each as it comes out for the reader. */
export function serveReports(org: SimulatedOrg): Router {
  const router = Router();
  const { directory } = org.installed;
  router.get('/lightning/o/Report/home', (request, response) => {
    const reader = readReader(request.query, nameUserOf(org));
    response.type('html').send(renderReportList(reader, listReportTitles(directory)));
  });
  router.get('/lightning/r/Report/:name/view', (request, response) => {
    const reader = readReader(request.query, nameUserOf(org));
    const report = loadReport(directory, request.params.name);
    if (report === null) throw new ReportError(`The package has no report ${request.params.name}.`, 404);
    const run = runReport(openView(org, reader.user), report.definition, report.type);
    response.type('html').send(renderReport(reader, run));
  });
  return router;
}

/** Only what a list shows: a report that cannot be run is listed too, and says why when it is opened. */
export function listReportTitles(directory: string): ListedReport[] {
  return listReports(directory).map(readTitle);
}

function readTitle(file: ReportFile): ListedReport {
  const { name, description } = readXml(readFileSync(file.path, 'utf8'), 'Report', file.name, titleShape);
  return { ...file, label: name, description };
}
