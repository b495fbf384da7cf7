// Prints how long the panel takes from the answer of Salesforce to the picture, beside plain elements with the same words.
// The peer is the least that any panel must do: the base components of Salesforce have no open record form to compare with.
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { buildLightningBundle } from '../../companion/simulators/salesforce/page/build-lightning-bundle.ts';
import { fullAccount } from '../../companion/simulators/salesforce/page/gallery/sample-account.ts';
import { launchBrowser, openContext } from '../../companion/test/support/launch-browser.ts';
import { bundleOptions, serveFakeUiApi } from '../../companion/test/support/serve-fake-ui-api.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 30);
const WARM_UP_ROUNDS = 3;
const TIMER = join(import.meta.dirname, 'panel-timer.js');
const SHOWN_BY_PANEL = '$148,230.50';
const SHOWN_PLAINLY = 'plain 148230.5';

const values = Object.fromEntries(
  Object.entries(fullAccount()).map(([name, value]) => [`upflow__${name}`, value]),
);
// Pictures as fast as they can be painted: at 60 a second both would be rounded up to the next one.
const [browser, fake] = await Promise.all([
  launchBrowser(['--disable-frame-rate-limit', '--disable-gpu-vsync']),
  serveFakeUiApi(values),
  buildLightningBundle(bundleOptions),
]);
const panel: number[] = [];
const plain: number[] = [];
try {
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const times = await measure();
    if (round < 0) continue;
    panel.push(times.panel);
    plain.push(times.plain);
  }
} finally {
  await Promise.all([browser.close(), fake.close()]);
}
print();

/** Both in the same page, one after the other, from the same answer of the same server. */
async function measure(): Promise<{ panel: number; plain: number }> {
  const context = await openContext(browser, { viewport: { width: 1366, height: 900 } });
  await context.addInitScript({ path: TIMER });
  const page = await context.newPage();
  // What Salesforce itself draws around the panel would be drawn at the same time: it waits.
  await page.route(
    (url) => url.search.includes('Account.Phone'),
    () => undefined,
  );
  const asked = page.waitForRequest((request) => request.url().includes('Outstanding_Amount__c'));
  await page.goto(`${fake.origin}/lightning/r/Account/001000000000001AAA/view`);
  const ofPanel = await timeUntilPainted(page, SHOWN_BY_PANEL);
  const ofPlain = await drawPlainly(page, await asked);
  await context.close();
  return { panel: ofPanel, plain: ofPlain };
}

async function timeUntilPainted(page: Page, text: string): Promise<number> {
  return await page.evaluate(`panelTimer.timeUntilPainted(${JSON.stringify(text)})`);
}

async function drawPlainly(page: Page, request: Request): Promise<number> {
  const { authorization } = await request.allHeaders();
  const shown = await page.locator('[data-component="upflowAccountPanel"]').innerText();
  const lines = shown.split('\n').filter(Boolean);
  const given = [request.url(), { authorization }, lines].map((value) => JSON.stringify(value));
  const time = page.evaluate(
    `performance.clearResourceTimings(); panelTimer.timeUntilPainted(${JSON.stringify(SHOWN_PLAINLY)})`,
  );
  await page.evaluate(`panelTimer.drawPlainly(${given.join()})`);
  return (await time) as number;
}

function print(): void {
  const at = (times: number[], share: number) =>
    times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? NaN;
  const describe = (times: number[]) => ({
    'median ms': at(times, 0.5).toFixed(1),
    '90 of 100 within ms': at(times, 0.9).toFixed(1),
    'of plain elements': (at(times, 0.5) / at(plain, 0.5)).toFixed(1),
  });
  console.table({ 'the panel, first time on its page': describe(panel), 'plain elements': describe(plain) });
  console.log(
    `From the last byte of the record to the painted figures, ${ROUNDS} fresh pages, Node ${process.version}, ` +
      `Chromium ${browser.version()}, ${cpus().length} cores shared by browser and server.`,
  );
}
