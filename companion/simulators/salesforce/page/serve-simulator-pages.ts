import { Router, type NextFunction, type Request, type Response } from 'express';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { ReportError } from '../reports/report-error.ts';
import type { BundleOptions } from './build-lightning-bundle.ts';
import { serveCalls } from './calls/serve-calls.ts';
import { createLightningPages } from './create-lightning-pages.ts';
import { listPackagePages } from './list-package-pages.ts';
import { serveListViews } from './list/serve-list-views.ts';
import { nameUserOf, readReader } from './reader.ts';
import { recordLayouts } from './record-layouts.ts';
import { renderApplication, renderNotice, renderPageHeader, type TabLabel } from './render-application.ts';
import { renderHome, type Destination } from './render-home.ts';
import { renderMissingPage } from './render-missing-page.ts';
import { serveReports } from './report/serve-reports.ts';

const destinations: readonly Destination[] = [
  {
    path: '/lightning/n/Upflow_Get_Started',
    icon: 'standard:actions_and_buttons',
    title: 'Get Started',
    text: 'The checklist that leads an admin from the installed package to figures on Accounts.',
  },
  {
    path: '/lightning/n/Upflow_Overdue',
    icon: 'standard:currency',
    title: 'Overdue Accounts',
    text: 'Who is late: the reader’s own Accounts, then all of them.',
  },
  {
    path: '/lightning/o/Account/list',
    icon: 'standard:account',
    title: 'Accounts',
    text: 'The customers, each with its collection figures beside the record.',
  },
  {
    path: '/lightning/o/Opportunity/list',
    icon: 'standard:opportunity',
    title: 'Opportunities',
    text: 'What is being sold to them.',
  },
  {
    path: '/lightning/o/Report/home',
    icon: 'standard:report',
    title: 'Reports',
    text: 'The reports that the package brings, run on this org’s records.',
  },
  {
    path: '/simulator/calls',
    icon: 'standard:apex',
    title: 'API calls',
    text: 'Every call to the Salesforce API as it comes, and how much of the daily limit is used.',
  },
  {
    path: '/lightning/upflow/gallery',
    icon: 'standard:lightning_component',
    title: 'Component gallery',
    text: 'Every component of the package in every state, in each theme, language and direction.',
  },
];

/** All pages of the simulator that a person looks at. */
export function serveSimulatorPages(org: SimulatedOrg, bundle: BundleOptions): Router {
  const router = Router();
  const nameUser = nameUserOf(org);
  router.get('/', (request, response) => {
    const organization = org.store.get('Organization', org.identity.organizationId);
    const name = String(organization?.Name ?? 'Salesforce simulator');
    const packagePages = listPackagePages(org.installed.directory);
    const ways = destinations.map((way) => ({ ...way, within: packagePages[way.path] ?? [] }));
    response.type('html').send(renderHome(readReader(request.query, nameUser), name, ways));
  });
  router.use(createLightningPages({ ...bundle, openSession: (user) => org.openSession(user), nameUser }));
  router.use(serveListViews(org), serveReports(org), serveCalls(org));
  router.get(/^\/(lightning|simulator)(\/|$)/, (request, response) => {
    const reader = readReader(request.query, nameUser);
    response.status(404).type('html').send(renderMissingPage(reader));
  });
  router.use(explainRefusal(org));
  return router;
}

/** What cannot be shown says why, in the frame of all pages. */
function explainRefusal(org: SimulatedOrg) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (!(error instanceof ReportError)) {
      next(error);
      return;
    }
    const reader = readReader(request.query, nameUserOf(org));
    const layout = recordLayouts.find(({ objectName }) => request.path.includes(`/${objectName}/`));
    const tab: TabLabel = layout?.tab ?? 'Reports';
    const header = renderPageHeader({ icon: layout?.icon ?? 'standard:report', crumbs: [], title: tab });
    const content = `<div class="page">${header}${renderNotice(error.message, 'error')}</div>`;
    response
      .status(error.status)
      .type('html')
      .send(renderApplication({ reader, title: tab, tab, content }));
  };
}
