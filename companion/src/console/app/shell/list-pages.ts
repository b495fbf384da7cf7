import type { LightningElement } from 'lwc';
import MissingPage from '../modules/console/missingPage/missingPage.ts';

export type PageConstructor = new () => LightningElement;

export interface PageEntry {
  /** The last part of the page's address; empty for the overview. */
  path: string;
  label: string;
  icon: string;
  group: 'Set up' | 'Watch';
  load: () => Promise<{ default: PageConstructor }>;
}

/** The pages of one connection, in the order of the navigation: first what is set up once, then what is watched. */
export const CONNECTION_PAGES: readonly PageEntry[] = [
  {
    path: '',
    label: 'Overview',
    icon: 'utility:home',
    group: 'Set up',
    load: () => import('../modules/console/overviewPage/overviewPage.ts'),
  },
  {
    path: 'upflow',
    label: 'Upflow',
    icon: 'utility:key',
    group: 'Set up',
    load: () => import('../modules/console/upflowPage/upflowPage.ts'),
  },
  {
    path: 'salesforce',
    label: 'Salesforce',
    icon: 'utility:salesforce1',
    group: 'Set up',
    load: () => import('../modules/console/salesforcePage/salesforcePage.ts'),
  },
  {
    path: 'permissions',
    label: 'Permissions',
    icon: 'utility:shield',
    group: 'Set up',
    load: () => import('../modules/console/permissionsPage/permissionsPage.ts'),
  },
  {
    path: 'identifier',
    label: 'Shared identifier',
    icon: 'utility:link',
    group: 'Set up',
    load: () => import('../modules/console/identifierPage/identifierPage.ts'),
  },
  {
    path: 'mapping',
    label: 'Export mapping',
    icon: 'utility:rows',
    group: 'Set up',
    load: () => import('../modules/console/mappingPage/mappingPage.ts'),
  },
  {
    path: 'preflight',
    label: 'Preflight',
    icon: 'utility:task',
    group: 'Set up',
    load: () => import('../modules/console/preflightPage/preflightPage.ts'),
  },
  {
    path: 'exports',
    label: 'Exports',
    icon: 'utility:upload',
    group: 'Set up',
    load: () => import('../modules/console/exportsPage/exportsPage.ts'),
  },
  {
    path: 'import',
    label: 'Import',
    icon: 'utility:download',
    group: 'Set up',
    load: () => import('../modules/console/importPage/importPage.ts'),
  },
  {
    path: 'matches',
    label: 'Matches',
    icon: 'utility:people',
    group: 'Watch',
    load: () => import('../modules/console/matchesPage/matchesPage.ts'),
  },
  {
    path: 'activity',
    label: 'Activity',
    icon: 'utility:metrics',
    group: 'Watch',
    load: () => import('../modules/console/activityPage/activityPage.ts'),
  },
  {
    path: 'drift',
    label: 'Drift',
    icon: 'utility:not_in_sync',
    group: 'Watch',
    load: () => import('../modules/console/driftPage/driftPage.ts'),
  },
  {
    path: 'health',
    label: 'Health',
    icon: 'utility:chart',
    group: 'Watch',
    load: () => import('../modules/console/healthPage/healthPage.ts'),
  },
  {
    path: 'alerts',
    label: 'Alerts',
    icon: 'utility:notification',
    group: 'Watch',
    load: () => import('../modules/console/alertsPage/alertsPage.ts'),
  },
  {
    path: 'audit',
    label: 'Audit log',
    icon: 'utility:list',
    group: 'Watch',
    load: () => import('../modules/console/auditPage/auditPage.ts'),
  },
];

/** Pages that no navigation lists. */
export const OTHER_PAGES = {
  connections: () => import('../modules/console/connectionsPage/connectionsPage.ts'),
  customer: () => import('../modules/console/customerPage/customerPage.ts'),
  audit: () => import('../modules/console/auditPage/auditPage.ts'),
  missing: () => Promise.resolve({ default: MissingPage }),
};
