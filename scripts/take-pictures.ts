// Takes the pictures of the documentation from demos of its own: `npm run docs:pictures`, or only those of one part: `-- package`, `-- console`.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startDemo, type Demo } from '../companion/simulators/run-demo.ts';
import { launchBrowser, openContext } from '../companion/test/support/launch-browser.ts';
import { walkConsole } from './pictures/console-pictures.ts';
import { pictures, type Picture } from './pictures/pictures.ts';

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const MAX_BYTES = 200_000;
const MARGIN_IN_PIXELS = 8;

interface Clip {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of the page that holds all of the elements, with a little of what is around. */
async function measureClip(page: Page, selectors: readonly string[]): Promise<Clip> {
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
  await keepPicture(page, file, await measureClip(page, show));
}

async function keepPicture(page: Page, file: string, clip: Clip): Promise<void> {
  const path = join(FOLDER, file);
  await page.screenshot({ path, fullPage: true, clip });
  const bytes = statSync(path).size;
  console.log(`${file}  ${Math.round(bytes / 1000)} kB`);
  if (bytes > MAX_BYTES) throw new Error(`${file} is too large for a page of documentation: show less.`);
}

async function takePackagePictures(browser: Browser, demo: Demo): Promise<void> {
  for (const picture of pictures) {
    const viewport = { width: picture.width, height: 900 };
    const context = await openContext(browser, { viewport, deviceScaleFactor: 2 });
    await takePicture(await context.newPage(), demo, picture);
    await context.close();
  }
}

async function takeConsolePictures(browser: Browser, demo: Demo): Promise<void> {
  await walkConsole(browser, demo, ({ page, file, clip }) => keepPicture(page, file, clip));
}

/** Lets somebody take pictures of a demo that ends with it. */
async function withDemo(connected: boolean, take: (browser: Browser, demo: Demo) => Promise<void>) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'pictures-'));
  const ports = { companionPort: 0, upflowPort: 0, salesforcePort: 0 };
  const demo = await startDemo({ dataDirectory, ...ports, connected });
  try {
    await take(browser, demo);
  } finally {
    await demo.stop();
    rmSync(dataDirectory, { recursive: true });
  }
}

const [only] = process.argv.slice(2);
const browser = await launchBrowser();
try {
  if (only !== 'console') await withDemo(true, takePackagePictures);
  if (only !== 'package') await withDemo(false, takeConsolePictures);
} finally {
  await browser.close();
}
