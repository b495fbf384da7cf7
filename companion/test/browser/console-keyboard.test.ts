import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openContext } from '../support/launch-browser.ts';
import { type FakeConsole, serveFakeConsoleApi } from '../support/serve-fake-console-api.ts';

let browser: Browser;
let fake: FakeConsole;
let page: Page;

beforeAll(async () => {
  [browser, fake] = await Promise.all([launchBrowser(), serveFakeConsoleApi()]);
  page = await (await openContext(browser)).newPage();
}, 120_000);
beforeEach(() => fake.reset());
afterAll(async () => {
  await Promise.all([browser.close(), fake.close()]);
});

async function open(place: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${fake.url}/console/#${place}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

const press = (key: string) => page.keyboard.press(key);
/** What has the focus, as it would be called out. */
const readFocus = () =>
  page
    .locator(':focus')
    .last()
    .evaluate((element: { innerText: string; ariaLabel: string | null }) =>
      (element.ariaLabel ?? element.innerText).trim(),
    );
/** Presses Tab until something of that name has the focus. */
async function tabTo(name: string | RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await press('Tab');
    const focus = await readFocus().catch(() => '');
    if (typeof name === 'string' ? focus === name : name.test(focus)) return;
  }
  throw new Error(`Tab never reaches ${String(name)}`);
}

test('the first stop leads past the navigation to the content', async () => {
  await open('/connections/acme');
  await press('Tab');
  expect(await readFocus()).toBe('Skip to the content');
  await press('Enter');
  await press('Tab');
  expect(await readFocus()).toBe('Pause');
});

test('each page that is navigated to takes the focus to its heading and names the tab', async () => {
  await open('/connections/acme');
  await page.getByRole('link', { name: 'Matches' }).focus();
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Matches' }).waitFor();
  await page.locator('h1:focus').waitFor();
  expect(await page.title()).toBe('Matches · Acme Europe · Upflow for Salesforce');
});

test('the switcher opens another connection, and Escape closes it', async () => {
  await open('/connections/acme');
  await tabTo(/Acme Europe/);
  await press('Enter');
  await press('Escape');
  expect(await page.locator('details.switcher[open]').count()).toBe(0);
  await press('Enter');
  await tabTo(/^Acme Americas/);
  await press('Enter');
  await page.getByText('expired access/refresh token').waitFor();
});

test('arrow keys move between the tabs', async () => {
  await open('/connections/acme/matches');
  await page.getByRole('tab', { name: 'Matched' }).focus();
  await press('ArrowRight');
  await page.getByRole('rowheader', { name: 'Grand Hotels' }).waitFor();
  expect(await readFocus()).toContain('Formatting');
  await press('Home');
  await page.getByRole('rowheader', { name: 'Edge Communications' }).waitFor();
});

test('a question keeps the focus inside, and gives it back after Escape', async () => {
  await open('/connections/acme');
  await tabTo('Disconnect');
  await press('Enter');
  await page.getByRole('dialog', { name: 'Disconnect Acme Europe?' }).waitFor();
  await tabTo('Cancel');
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await readFocus()).toBe('Disconnect');
  expect(fake.writes).toEqual([]);
});

test('Upflow is connected without a mouse', async () => {
  await open('/connections/fresh/upflow');
  await page.getByRole('radio', { name: 'Production' }).focus();
  await press('ArrowDown');
  await press('Tab');
  await page.keyboard.type('key-1');
  await press('Tab');
  await page.keyboard.type('secret-1');
  await press('Enter');
  await page.getByText('Upflow is connected.').waitFor();
  expect(fake.writes).toMatchObject([
    {
      path: '/v1/connections/fresh/upflow',
      body: { environment: 'sandbox', apiKey: 'key-1', apiSecret: 'secret-1' },
    },
  ]);
});

test('failures are selected and retried without a mouse', async () => {
  await open('/connections/acme/activity?show=failures');
  await page.getByText(/^Show 12 customers/).focus();
  await press('Enter');
  await page.getByRole('checkbox', { name: 'Select Edge Communications' }).focus();
  await press('Space');
  await page.getByRole('button', { name: 'Retry 1 selected' }).focus();
  await press('Enter');
  await page.getByText('Trying 2 customers again.').waitFor();
  expect(fake.writes).toMatchObject([{ body: { customerIds: ['c1'] } }]);
});
