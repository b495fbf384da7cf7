import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const INSTALLED_BROWSERS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Less than a test's own limit, so that a step that never comes is named. */
const STEP_LIMIT_IN_MILLISECONDS = 30_000;

/** The browser that npm brings, for machines without one. */
async function unpackBrowser(): Promise<string> {
  // Makes the package unpack the libraries too that a bare machine lacks; it is read when the package is loaded.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return await packaged.executablePath();
}

/** Where Chromium is: an installed one where there is one. */
export async function findBrowser(): Promise<string> {
  return INSTALLED_BROWSERS.find((path) => path && existsSync(path)) ?? (await unpackBrowser());
}

/** Starts Chromium. */
export async function launchBrowser(moreFlags: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({
    executablePath: await findBrowser(),
    args: [...FLAGS, ...moreFlags],
  });
}

/** A fresh browser profile that can reach this machine only. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'America/New_York', ...options });
  context.setDefaultTimeout(STEP_LIMIT_IN_MILLISECONDS);
  await context.route(
    (url) => url.hostname !== '127.0.0.1',
    (route) => route.abort(),
  );
  return context;
}

/** By how many pixels a page is wider than its window: more than none means scrolling sideways. */
export const measureOverflow = async (page: Page): Promise<number> =>
  await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
