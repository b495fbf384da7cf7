import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { fullAccount } from '../../simulators/salesforce/page/gallery/sample-account.ts';
import { launchBrowser, measureOverflow, openContext } from '../support/launch-browser.ts';
import { type FakeUiApi, serveFakeUiApi } from '../support/serve-fake-ui-api.ts';

const RECORD_PATH = '/lightning/r/Account/001000000000001AAA/view?user=rep';

/** As in an org where the package is installed: every field under the namespace. */
const withNamespace = (values: ReturnType<typeof fullAccount>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`upflow__${name}`, value]));

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(async () => {
  await browser.close();
});

/** Runs a test against a server and a browser profile of its own. */
async function onRecordPage(
  values: Record<string, string | number | null>,
  check: (page: Page, fake: FakeUiApi) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const fake = await serveFakeUiApi(values);
  const context = await openContext(browser, { viewport: { width: 1366, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    await page.goto(fake.origin + RECORD_PATH);
    await check(page, fake);
  } finally {
    await context.close();
    await fake.close();
  }
}

const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"]`);
/** What the next press of Tab reaches. */
async function pressTab(page: Page): Promise<string> {
  await page.keyboard.press('Tab');
  return await page.locator(':focus').innerText();
}

const full = withNamespace(fullAccount());

test('shows the figures beside the record, and new ones after Refresh', async () => {
  await onRecordPage(full, async (page, fake) => {
    await figure(page, 'outstanding').getByText('$148,230.50').waitFor();
    expect(await figure(page, 'overdue').innerText()).toBe('$62,140.25');
    expect(await page.locator('[data-bucket="late2"]').innerText()).toContain('$17,640.25');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Edge Communications');
    await page.getByText('12 minutes ago').waitFor();

    fake.values = { ...fake.values, upflow__Outstanding_Amount__c: 99.5, upflow__Overdue_Amount__c: 0 };
    await page.getByRole('button', { name: 'Refresh' }).click();
    await figure(page, 'outstanding').getByText('$99.50').waitFor();
    expect(await page.locator('.alarming').count()).toBe(0);
  });
});

test('names the permission set to a user who may see nothing', async () => {
  await onRecordPage({}, async (page) => {
    await page.getByText('permission set “Upflow Viewer”').waitFor();
    expect(await page.locator('[data-figure]').count()).toBe(0);
  });
});

test('shows the rest when some fields are hidden', async () => {
  const { upflow__Overdue_Amount__c, upflow__Payer_Rating__c } = full;
  await onRecordPage({ upflow__Overdue_Amount__c, upflow__Payer_Rating__c } as typeof full, async (page) => {
    await figure(page, 'overdue').getByText('$62,140.25').waitFor();
    expect(await figure(page, 'outstanding').count()).toBe(0);
    expect(await page.locator('[data-fact="rating"]').innerText()).toContain('A');
  });
});

test('gives the reason of a failure and recovers on Try again', async () => {
  await onRecordPage(full, async (page, fake) => {
    await figure(page, 'outstanding').waitFor();
    fake.failure = { status: 500, message: 'Salesforce is busy.' };
    await page.reload();
    await page.getByRole('alert').getByText('Salesforce is busy.').waitFor();
    fake.failure = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await figure(page, 'outstanding').getByText('$148,230.50').waitFor();
  });
});

test('copies the portal link with the keyboard and confirms it', async () => {
  const permissions = ['clipboard-read', 'clipboard-write'];
  await onRecordPage(
    full,
    async (page) => {
      await figure(page, 'outstanding').waitFor();
      await page.getByRole('button', { name: 'Refresh' }).focus();
      expect(await pressTab(page)).toContain('Open portal');
      expect(await pressTab(page)).toBe('Copy link');
      await page.keyboard.press('Enter');
      await page.getByRole('status').getByText('Portal link copied').waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(full.upflow__Portal_Link__c);
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await pressTab(page)).toContain('Open in Upflow');
    },
    { permissions },
  );
});

test('puts the panel before the details on a phone, without scrolling sideways', async () => {
  const check = async (page: Page) => {
    await figure(page, 'outstanding').waitFor();
    const panel = await page.locator('.sidebar').boundingBox();
    const details = await page.locator('.details').boundingBox();
    expect(panel?.y).toBeLessThan(details?.y ?? 0);
    expect(await measureOverflow(page)).toBeLessThanOrEqual(0);
  };
  await onRecordPage(full, check, { viewport: { width: 320, height: 800 } });
});
