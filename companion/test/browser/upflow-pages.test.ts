import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  startUpflowSimulator,
  type UpflowSimulator,
} from '../../simulators/upflow/start-upflow-simulator.ts';
import { launchBrowser, measureOverflow, openContext } from '../support/launch-browser.ts';

let browser: Browser;
let upflow: UpflowSimulator;
beforeAll(async () => {
  [browser, upflow] = await Promise.all([launchBrowser(), startUpflowSimulator()]);
}, 60_000);
afterAll(async () => {
  await Promise.all([browser.close(), upflow.close()]);
});

test('the pages of Upflow pass every accessibility rule, on a desk and on a phone', async () => {
  for (const width of [1366, 375]) {
    const page = await (await openContext(browser, { viewport: { width, height: 900 } })).newPage();
    for (const path of ['/', '/settings/api', '/settings/pushes']) {
      await page.goto(upflow.url + path);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations).toEqual([]);
      expect(await measureOverflow(page)).toBe(0);
    }
    await page.context().close();
  }
}, 60_000);

test('key and secret of the API can be copied from their page', async () => {
  const context = await openContext(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(`${upflow.url}/settings/api`);
  await page.getByRole('button', { name: 'Copy API secret' }).click();
  await page.getByText('API secret copied.').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(upflow.keys().apiSecret);
  await context.close();
});
