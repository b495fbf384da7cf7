import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page, Request } from 'playwright-core';
import { launchBrowser, measureOverflow, openContext } from '../support/launch-browser.ts';
import { type FakeConsole, serveFakeConsoleApi } from '../support/serve-fake-console-api.ts';

let browser: Browser;
let fake: FakeConsole;
let page: Page;
const complaints: string[] = [];
/** Calls that are not yet answered. */
const calls = new Set<Request>();

beforeAll(async () => {
  [browser, fake] = await Promise.all([launchBrowser(), serveFakeConsoleApi()]);
  page = await (await openContext(browser)).newPage();
  page.on('console', (message) => {
    // The browser itself notes answers that are errors; those are planted here.
    if (!message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('request', (request) => request.resourceType() === 'fetch' && calls.add(request));
  page.on('requestfinished', (request) => calls.delete(request));
  page.on('requestfailed', (request) => calls.delete(request));
  page.on('pageerror', ({ message }) => complaints.push(message));
}, 120_000);
afterAll(async () => {
  await Promise.all([browser.close(), fake.close()]);
});

const PAGES = [
  '',
  '/upflow',
  '/salesforce',
  '/permissions',
  '/identifier',
  '/mapping',
  '/preflight',
  '/exports',
  '/import',
  '/matches',
  '/activity',
  '/activity?show=runs',
  '/activity?show=failures',
  '/activity?show=customers',
  '/customers/c1',
  '/drift',
  '/health',
  '/alerts',
  '/audit',
];
const EVERYWHERE = ['/connections', ...PAGES.map((path) => `/connections/acme${path}`)];
const RARER = [
  '/audit',
  '/connections/acme/salesforce?authorization=auth1',
  '/connections/acme/matches?kind=duplicate',
  '/connections/broken',
  '/connections/broken/salesforce',
  '/connections/nowhere',
  '/nowhere',
];
const UNSET = PAGES.filter((path) => !path.startsWith('/customers')).map(
  (path) => `/connections/fresh${path}`,
);

/** Waits until the page has asked for all that it shows. */
async function settle(place: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(place)}`);
  const deadline = Date.now() + 10_000;
  for (let quietTurns = 0; quietTurns < 3 && Date.now() < deadline; quietTurns += 1) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    if (calls.size > 0) quietTurns = 0;
  }
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** All that axe and a ruler find on the page as it is. */
async function listFaults(place: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${place}: ${id} ${html}`));
  const overflow = await measureOverflow(page);
  return overflow > 0 ? [...faults, `${place}: wider than the screen by ${overflow} pixels`] : faults;
}

test.each([
  [1366, RARER],
  [375, UNSET],
])(
  'every page is accessible and fits in %i pixels, whether all is set up, nothing is, or something is wrong',
  async (width, places) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${fake.url}/console/`);
    const faults: string[] = [];
    for (const place of [...EVERYWHERE, ...places]) {
      await settle(place);
      faults.push(...(await listFaults(place)));
    }
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  },
  240_000,
);
