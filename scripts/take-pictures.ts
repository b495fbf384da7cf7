// Takes the pictures of the documentation from a demo of its own: `npm run docs:pictures`.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startDemo, type Demo } from '../companion/simulators/run-demo.ts';
import { launchBrowser, openContext } from '../companion/test/support/launch-browser.ts';
import { pictures, type Picture } from './pictures/pictures.ts';

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const MAX_BYTES = 200_000;
const MARGIN_IN_PIXELS = 8;

/** The part of the page that holds all of the elements, with a little of what is around. */
async function measureClip(page: Page, selectors: readonly string[]) {
  const boxes = await Promise.all(
    selectors.map(async (selector) => {
      const box = await page.locator(selector).first().boundingBox();
      if (box === null) throw new Error(`${selector} cannot be seen on ${page.url()}`);
      return box;
    }),
  );
  const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - MARGIN_IN_PIXELS);
  const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - MARGIN_IN_PIXELS);
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN_IN_PIXELS;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN_IN_PIXELS;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

async function takePicture(page: Page, demo: Demo, { file, open, show }: Picture): Promise<void> {
  await open(page, demo);
  await page.waitForLoadState('networkidle');
  const path = join(FOLDER, file);
  await page.screenshot({ path, fullPage: true, clip: await measureClip(page, show) });
  const bytes = statSync(path).size;
  console.log(`${file}  ${Math.round(bytes / 1000)} kB`);
  if (bytes > MAX_BYTES) throw new Error(`${file} is too large for a page of documentation: show less.`);
}

const dataDirectory = mkdtempSync(join(tmpdir(), 'pictures-'));
const ports = { companionPort: 0, upflowPort: 0, salesforcePort: 0 };
const [demo, browser] = await Promise.all([
  startDemo({ dataDirectory, ...ports, connected: true }),
  launchBrowser(),
]);
try {
  for (const picture of pictures) {
    const viewport = { width: picture.width, height: 900 };
    const context = await openContext(browser, { viewport, deviceScaleFactor: 2 });
    await takePicture(await context.newPage(), demo, picture);
    await context.close();
  }
} finally {
  await browser.close();
  await demo.stop();
  rmSync(dataDirectory, { recursive: true });
}
