import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, openContext } from '../support/launch-browser.ts';
import { startConsole, type TestConsole } from '../support/start-console.ts';

let browser: Browser;
let companion: TestConsole;
beforeAll(async () => {
  [browser, companion] = await Promise.all([launchBrowser(), startConsole()]);
}, 60_000);
afterAll(async () => {
  await Promise.all([browser.close(), companion.stop()]);
});

test('the page that describes the API shows every path, is accessible and loads nothing from elsewhere', async () => {
  const page = await (await openContext(browser)).newPage();
  const hosts = new Set<string>();
  const complaints: string[] = [];
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${companion.url}/docs`);
  const { paths } = (await (await fetch(`${companion.url}/openapi.json`)).json()) as { paths: object };
  for (const path of Object.keys(paths)) {
    await page.locator(`[data-path="${path}"]`).first().waitFor();
  }
  expect([...hosts].filter((origin) => origin !== 'null')).toEqual([companion.url]);
  expect(complaints).toEqual([]);
  const options = { resultTypes: ['violations' as const] };
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options(options).analyze();
  expect(violations).toEqual([]);
}, 90_000);
