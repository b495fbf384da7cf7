import type { Browser, Page } from 'playwright-core';
import type { Demo } from '../../companion/simulators/run-demo.ts';
import { consoleSteps } from '../../companion/test/support/console-walk/console-steps.ts';
import { pageSteps } from '../../companion/test/support/console-walk/page-steps.ts';
import { openWalk } from '../../companion/test/support/console-walk/walk.ts';
import { openContext } from '../../companion/test/support/launch-browser.ts';

const WIDTH = 1366;
const LOWEST = 480;
const HIGHEST = 1100;
const MARGIN = 24;

export interface ConsolePicture {
  file: string;
  page: Page;
  clip: { x: number; y: number; width: number; height: number };
}

/** Walks through the console as a new user does, then to the pages of every day, and shows each screen on the way. */
export async function walkConsole(
  browser: Browser,
  demo: Demo,
  show: (picture: ConsolePicture) => Promise<void>,
): Promise<void> {
  const walk = await openWalk(await openContext(browser, { viewport: { width: WIDTH, height: 900 } }), demo);
  for (const { name, go, tab } of [...consoleSteps, ...pageSteps]) {
    await go(walk);
    const page = walk[tab ?? 'console'];
    await page.bringToFront();
    const toast = page.locator('.toast-close').first();
    while ((await toast.count()) > 0) await toast.click();
    // What a finger has just left is not what a reader should look at.
    await page.mouse.move(WIDTH - 1, 1);
    await page.waitForTimeout(500);
    await show({
      file: `console-${name}.png`,
      page,
      clip: { x: 0, y: 0, width: WIDTH, height: await measureHeight(page) },
    });
  }
}

/** As high as what is on the page, within reason. */
async function measureHeight(page: Page): Promise<number> {
  const bottom = await page
    .locator('main > *')
    .last()
    .boundingBox()
    .then((box) => (box === null ? 0 : box.y + box.height));
  return Math.round(Math.min(HIGHEST, Math.max(LOWEST, bottom + MARGIN)));
}
