import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { found } from '../support/console/fake-drift.ts';
import { launchBrowser, openContext } from '../support/launch-browser.ts';
import { type FakeConsole, serveFakeConsoleApi, session } from '../support/serve-fake-console-api.ts';

const AUDIT = `/v1/connections/acme/drift-audits/${found.id}`;

let browser: Browser;
let fake: FakeConsole;
let page: Page;

beforeAll(async () => {
  [browser, fake] = await Promise.all([launchBrowser(), serveFakeConsoleApi()]);
}, 120_000);
beforeEach(async () => {
  fake.reset();
  page = await (await openContext(browser)).newPage();
});
afterAll(async () => {
  await Promise.all([browser.close(), fake.close()]);
});

async function open(place: string): Promise<void> {
  await page.goto(`${fake.url}/console/#${place}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

const button = (name: string | RegExp) => page.getByRole('button', { name });

test('chosen Accounts are repaired after a question, and how far that is can be seen', async () => {
  const run = { id: 'repair', kind: 'selection', total: 2, counts: {}, startedAt: found.requestedAt };
  fake.answer(`POST ${AUDIT}/repair`, { runId: 'repair', customers: 2 }, 202);
  fake.answer('GET /v1/connections/acme/exports/repair', { ...run, state: 'running', done: 1 });
  await open('/connections/acme/drift');
  await page.getByText('3 Accounts of 1,038 do not show what they should.').waitFor();
  await page.getByText('The audit takes about 3 API calls', { exact: false }).waitFor();
  expect(await button('Repair selected').isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: /Edge Communications/ }).check();
  await page.getByRole('checkbox', { name: /Burlington Textiles/ }).check();
  await button('Repair 2 selected Accounts').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Repair' }).click();
  await page.getByText('1 of 2 Accounts repaired').waitFor();
  expect(fake.writes).toEqual([
    expect.objectContaining({ path: `${AUDIT}/repair`, body: { customerIds: ['c2', 'c3'] } }),
  ]);
  fake.answer('GET /v1/connections/acme/exports/repair', { ...run, state: 'done', done: 2 });
  await page.getByText('2 of 2 Accounts repaired').waitFor();
});

test('rows are filtered by field, and the schedule is changed with one choice', async () => {
  fake.answer('PUT /v1/connections/acme/drift-schedule', { schedule: 'off', nextAt: null });
  await open('/connections/acme/drift');
  const asked = page.waitForRequest((request) => request.url().includes('field=upflow__Portal_Link__c'));
  await page.getByLabel('Field', { exact: true }).selectOption({ label: 'upflow__Portal_Link__c, 1' });
  await asked;
  await page.getByLabel('Audit by itself').selectOption({ label: 'Never' });
  await page.getByText('only when somebody asks for it').waitFor();
});

test('a customer is erased only once its id was typed and a question answered', async () => {
  fake.answer('POST /v1/connections/acme/customers/c1/erase', { id: 'e3', state: 'clearing' }, 202);
  await open('/connections/acme/customers/c1');
  const erase = button('Erase customer');
  expect(await erase.isDisabled()).toBe(true);
  await page.getByLabel('Customer id, typed to confirm').fill('c2');
  expect(await erase.isDisabled()).toBe(true);
  await page.getByLabel('Customer id, typed to confirm').fill('c1');
  await erase.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Erase customer' }).click();
  await page.getByRole('heading', { name: 'Erased customers' }).waitFor();
  expect(fake.writes).toEqual([expect.objectContaining({ body: { confirm: 'c1' } })]);
  await page.getByText('12 bodies of pushes', { exact: false }).waitFor();
});

test('a viewer sees drift and erasures, and can change nothing', async () => {
  fake.answer('GET /v1/session', { ...session, role: 'viewer' });
  await open('/connections/acme/drift');
  await page.getByText('3 Accounts of 1,038 do not show what they should.').waitFor();
  expect(await button(/Repair|Audit now|Look again/).count()).toBe(0);
  expect(await page.getByLabel('Audit by itself').isDisabled()).toBe(true);
  await page.evaluate(`location.hash = '/connections/acme/customers/c1'`);
  await page.getByRole('heading', { name: 'Story' }).waitFor();
  expect(await button('Erase customer').count()).toBe(0);
});
