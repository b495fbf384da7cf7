import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { buildLightningBundle } from '../../simulators/salesforce/page/build-lightning-bundle.ts';
import { serveSimulatorPages } from '../../simulators/salesforce/page/serve-simulator-pages.ts';
import { openSimulator, type TestOrg } from '../simulators/salesforce/open-simulator.ts';
import { launchBrowser, measureOverflow, openContext } from '../support/launch-browser.ts';
import { bundleOptions } from '../support/serve-fake-ui-api.ts';

let browser: Browser;
let org: TestOrg;
let accountId: string;
let opportunityId: string;

/** What the browser wrote to the console: errors, and what policies or scripts complain of. */
const complaints: string[] = [];

beforeAll(async () => {
  const configure: Parameters<typeof openSimulator>[0] = {
    configure: (app, simulated) => {
      app.use(serveSimulatorPages(simulated, bundleOptions));
    },
  };
  const built = buildLightningBundle(bundleOptions);
  [browser, org] = await Promise.all([launchBrowser(), openSimulator(configure), built]);
  accountId = await find("SELECT Id FROM Account WHERE Name = 'Edge Communications'");
  await changeAccount({ upflow__Outstanding_Amount__c: 500, upflow__Overdue_Amount__c: 200 });
  opportunityId = await createOpportunity({ Name: 'Edge rollout', Amount: 12_000 });
}, 90_000);
afterAll(async () => {
  await Promise.all([browser.close(), org.close()]);
});

async function find(soql: string): Promise<string> {
  const [row] = await org.rows(soql);
  return String(row?.Id);
}

async function changeAccount(values: object): Promise<void> {
  const path = `/sobjects/Account/${accountId}`;
  const reply = await org.call(path, { method: 'PATCH', body: values });
  expect(reply.status).toBe(204);
}

async function createOpportunity(values: object): Promise<string> {
  const body = { AccountId: accountId, StageName: 'Prospecting', CloseDate: '2026-12-24', ...values };
  const reply = await org.call('/sobjects/Opportunity', { method: 'POST', user: 'rep', body });
  expect(reply).toMatchObject({ status: 201 });
  return (reply.body as { id: string }).id;
}

async function open(path: string, width = 1366): Promise<Page> {
  const context = await openContext(browser, { viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(`${path}: ${message.text()}`));
  page.on('pageerror', ({ message }) => complaints.push(`${path}: ${message}`));
  await page.goto(org.simulator.url + path);
  return page;
}

const close = (page: Page) => page.context().close();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
/** The texts of a column of the page's only table. */
const readColumn = (page: Page, number: number) =>
  page.locator(`.records tbody tr > :nth-child(${number})`).allInnerTexts();

const paths = () => [
  '/',
  `/lightning/r/Account/${accountId}/view`,
  `/lightning/r/Opportunity/${opportunityId}/view`,
  '/lightning/o/Account/list',
  '/lightning/o/Account/list?q=nothing-has-this-name',
  '/lightning/o/Opportunity/list?sort=Amount&order=desc',
  '/lightning/o/Report/home',
  '/lightning/r/Report/Overdue_by_owner/view',
  '/lightning/o/Account/list?theme=slds1',
  '/lightning/r/Report/Overdue_by_owner/view?scheme=dark',
  '/simulator/calls',
];

async function listFaults(path: string, width: number): Promise<string[]> {
  const page = await open(path, width);
  if (path.includes('/lightning/r/')) await page.getByRole('heading', { level: 1, name: /\w/ }).waitFor();
  if (path === '/simulator/calls') await page.locator('#calls tr').first().waitFor();
  await page.locator('.user-menu summary').click();
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  const overflow = await measureOverflow(page);
  await close(page);
  const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path}: ${id} ${html}`));
  return overflow > 0 ? [...faults, `${path}: wider than the screen by ${overflow} pixels`] : faults;
}

test.each([1366, 375])(
  'every page is accessible and fits in %i pixels, with the menu of users open',
  async (width) => {
    const faults: string[] = [];
    for (const path of paths()) faults.push(...(await listFaults(path, width)));
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  },
  120_000,
);

test('one can walk from the home page to a record with the keyboard', async () => {
  const page = await open('/');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
  await page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox').fill('edge comm');
  await page.keyboard.press('Enter');
  await page.getByText('1 record', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Edge Communications' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Edge Communications' }).waitFor();
  await page.locator('[data-figure="outstanding"]').getByText('$500.00').waitFor();
  await close(page);
});

test('an Opportunity shows its facts, says that its customer is late, and leads to its Account', async () => {
  const page = await open(`/lightning/r/Opportunity/${opportunityId}/view`);
  await page.getByRole('heading', { level: 1, name: 'Edge rollout' }).waitFor();
  const highlights = await page.locator('.highlights').innerText();
  expect(highlights.split('\n')).toEqual(
    expect.arrayContaining([
      'Edge Communications',
      '$12,000.00',
      'Prospecting',
      '12/24/2026',
      'Ruben Castellanos',
    ]),
  );
  await page.locator('[data-component="upflowOverdueAlert"]').getByText('$200.00 overdue').waitFor();
  await page.locator('.highlights').getByRole('link', { name: 'Edge Communications' }).click();
  await page.locator('[data-component="upflowAccountPanel"] [data-figure="outstanding"]').waitFor();
  await close(page);
});

test('a record that is not there says so', async () => {
  const page = await open('/lightning/r/Opportunity/006000000000000AAA/view');
  await page.getByRole('heading', { level: 1, name: 'This record is not available' }).waitFor();
  await page.getByRole('alert').getByText('no access').waitFor();
  await close(page);
  const account = await open('/lightning/r/Account/001000000000000AAA/view');
  await account.getByRole('alert').getByText('no access').waitFor();
  expect(await account.locator('[data-component]').count()).toBe(0);
  complaints.length = 0;
  await close(account);
});

test('an address without a page says so, and keeps the way to the others', async () => {
  const page = await open('/lightning/o/Nothing/list?user=admin');
  await page.getByRole('heading', { level: 1, name: 'This page is not here' }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('heading', { level: 1, name: 'All Accounts' }).waitFor();
  expect(await page.locator('.user-menu summary').innerText()).toContain('Amina Okafor');
  complaints.length = 0;
  await close(page);
});

test('on a phone the name of each row can be read in full', async () => {
  await createOpportunity({ Name: 'A long name of which the end tells the difference' });
  const page = await open('/lightning/o/Opportunity/list', 375);
  const cut = await page.evaluate(
    "[...document.querySelectorAll('.records tbody th')].filter((cell) => cell.scrollWidth > cell.clientWidth).length",
  );
  expect(cut).toBe(0);
  await close(page);
});

test('a list is sorted by its headings, first up and then down', async () => {
  await createOpportunity({ Name: 'Small', Amount: 1 });
  await createOpportunity({ Name: 'Large', Amount: 9_000_000 });
  const page = await open('/lightning/o/Opportunity/list');
  expect(await page.locator('th[aria-sort]').innerText()).toContain('Name');
  await page.getByRole('link', { name: 'Amount' }).click();
  await page.locator('th[aria-sort="ascending"]', { hasText: 'Amount' }).waitFor();
  const [first] = (await readColumn(page, 3)).filter((text) => text !== '');
  expect(first).toBe('$1.00');
  await page.getByRole('link', { name: 'Amount' }).click();
  await page.locator('th[aria-sort="descending"]', { hasText: 'Amount' }).waitFor();
  expect((await readColumn(page, 1))[0]).toBe('Large');
  await page.getByRole('searchbox').fill('l');
  await page.keyboard.press('Enter');
  await page.waitForURL('**q=l*');
  expect((await readColumn(page, 1))[0]).toBe('Large');
  await page.getByRole('link', { name: 'Accounts', exact: true }).click();
  await page.locator('th[aria-sort="ascending"]').waitFor();
  await close(page);
});

test('thousands of rows come in pages, and “mine” are those that the user owns', async () => {
  const { rep } = org.simulator.org.users;
  await org.seed(
    Array.from({ length: 3000 }, (_, index) => ({
      Name: `Zz ${String(index).padStart(4, '0')}`,
      ...(index === 2999 ? { OwnerId: org.simulator.org.users.admin.id } : { OwnerId: rep.id }),
    })),
  );
  const page = await open('/lightning/o/Account/list?q=zz+');
  await page.getByText('1 to 50 of 3,000 records').waitFor();
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByText('Page 2 of 60').waitFor();
  expect((await readColumn(page, 1))[0]).toBe('Zz 0050');
  await page.getByRole('link', { name: 'My Accounts' }).click();
  await page.getByRole('searchbox').fill('zz 2999');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByText('Nothing in this list has').waitFor();
  await close(page);
});

test('a report shows the groups, their sums and the records, and links to them', async () => {
  const page = await open('/lightning/o/Report/home');
  await page.getByRole('link', { name: 'Overdue by owner' }).click();
  await page.locator('tr.group', { hasText: 'Ruben Castellanos' }).waitFor();
  const group = page.locator('tr.group', { hasText: 'Ruben Castellanos' });
  expect((await group.innerText()).split('\t')).toEqual(expect.arrayContaining(['$500.00', '$200.00']));
  expect(await page.locator('dd.figure').allInnerTexts()).toEqual(['1', '$500.00', '$200.00', '0']);
  await page.getByText('What this report shows').click();
  await page.getByText('Filter 1: Overdue Amount is more than 0.').waitFor();
  await page.getByRole('link', { name: 'Edge Communications' }).click();
  await page.waitForURL(`**/lightning/r/Account/${accountId}/view`);
  await close(page);
});

test('each user sees what field security shows, and stays that user from page to page', async () => {
  await org.control('PUT', '/settings', { permissionSets: { rep: [] } });
  const page = await open('/lightning/o/Account/list');
  expect(await page.locator('thead').innerText()).not.toContain('Overdue');
  await page.locator('.user-menu summary').click();
  await page.getByRole('link', { name: 'Amina Okafor' }).click();
  await page.getByRole('link', { name: 'Overdue Amount' }).waitFor();
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  expect(await page.locator('.user-menu summary').innerText()).toContain('Amina Okafor');
  await close(page);
  const refused = await open('/lightning/r/Report/Overdue_by_owner/view');
  await refused.getByText('You have no access to Overdue_Amount__c of Account.').waitFor();
  complaints.length = 0;
  await org.control('PUT', '/settings', { permissionSets: { rep: ['Upflow_Viewer'] } });
  await close(refused);
});

test('API calls appear as they come, can be filtered, and wait while the page is paused', async () => {
  const page = await open('/simulator/calls');
  const rows = page.locator('#calls tr');
  await org.call('/query?q=SELECT+Id+FROM+Account+LIMIT+1');
  await rows.first().getByText('/services/data/v66.0/query').waitFor();
  expect((await rows.first().innerText()).split('\t').slice(1, 5)).toEqual([
    'GET',
    '/services/data/v66.0/query',
    'integration',
    '200',
  ]);
  await page.getByText(/^\d+ of 100,000 API requests used$/).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await org.call('/sobjects/Nothing/describe');
  await page.getByText('Paused. 1 new call waits.').waitFor();
  expect(await page.getByText('/sobjects/Nothing').count()).toBe(0);
  await page.getByRole('button', { name: 'Resume' }).click();
  await rows.first().getByText('/sobjects/Nothing/describe').waitFor();
  await page.getByRole('searchbox').fill('404 nothing');
  await page.waitForFunction('document.querySelectorAll("#calls tr").length === 1');
  expect(await heading(page).innerText()).toBe('API calls');
  await close(page);
});
