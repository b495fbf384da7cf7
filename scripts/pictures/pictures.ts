import type { Page } from 'playwright-core';
import type { Demo } from '../../companion/simulators/run-demo.ts';

/** A picture of the documentation: the page it is of, and what of the page it shows. */
export interface Picture {
  file: string;
  /** How wide the window is. */
  width: number;
  /** Comes to rest when the page looks as the picture should. */
  open: (page: Page, demo: Demo) => Promise<void>;
  show: readonly string[];
}

const LATE_CUSTOMER = 'Edge Communications';
const PANEL = '[data-component="upflowAccountPanel"]';

async function openAccount(page: Page, { addresses }: Demo, query = ''): Promise<void> {
  await page.goto(addresses.accountPage + query);
  await page.locator(`${PANEL} [data-figure="outstanding"]`).waitFor();
}

async function openPage(page: Page, { addresses }: Demo, path: string, awaited: string): Promise<void> {
  await page.goto(addresses.salesforce + path);
  await page.locator(awaited).first().waitFor();
}

export const pictures: readonly Picture[] = [
  {
    file: 'account-page.png',
    width: 1060,
    open: openAccount,
    show: ['.slds-page-header', `${PANEL} c-upflow-ageing-bar .bar`],
  },
  {
    file: 'account-panel.png',
    width: 1060,
    open: openAccount,
    show: [PANEL],
  },
  {
    file: 'panel-compact.png',
    width: 1060,
    open: async (page, demo) => {
      await openAccount(page, demo);
      await page.evaluate(`document.querySelector('c-upflow-account-panel').density = 'Compact'`);
    },
    show: [PANEL],
  },
  {
    file: 'panel-french.png',
    width: 1060,
    open: (page, demo) => openAccount(page, demo, '?lang=fr'),
    show: [`${PANEL} .slds-card__header`, `${PANEL} [data-fact="collection"]`],
  },
  {
    file: 'overdue-alert.png',
    width: 1060,
    open: async (page, demo) => {
      const list = `/lightning/o/Opportunity/list?q=${LATE_CUSTOMER}&sort=CloseDate&order=desc`;
      await openPage(page, demo, list, 'table');
      await page.locator('tbody th a').first().click();
      await page.locator('[data-component="upflowOverdueAlert"]').getByText('overdue').waitFor();
    },
    show: ['.slds-page-header', '[data-component="upflowOverdueAlert"]'],
  },
  {
    file: 'overdue-accounts.png',
    width: 1140,
    open: (page, demo) => openPage(page, demo, '/lightning/n/Upflow_Overdue', 'table'),
    show: ['[data-component="upflowOverdueAccounts"]'],
  },
  {
    file: 'list-view.png',
    width: 1280,
    open: (page, demo) =>
      openPage(page, demo, '/lightning/o/Account/list?filterName=Upflow_Overdue_Accounts', 'table'),
    show: ['.slds-page-header', 'tbody tr:nth-child(5)'],
  },
  {
    file: 'report.png',
    width: 1280,
    open: (page, demo) => openPage(page, demo, '/lightning/r/Report/Overdue_by_owner/view', 'table'),
    show: ['.slds-page-header', 'tbody:nth-of-type(2) tr:nth-child(4)'],
  },
  {
    // The last, for it takes the figures away: an org that is installed and not connected yet.
    file: 'get-started.png',
    width: 1060,
    open: async (page, demo) => {
      await fetch(`${demo.addresses.salesforce}/_simulator/reset`, { method: 'POST' });
      await openPage(page, demo, '/lightning/n/Upflow_Get_Started?user=admin', '.step.next');
    },
    show: ['[data-component="upflowGetStarted"]'],
  },
];
