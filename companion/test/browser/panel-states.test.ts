import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { listSampleStates } from '../../simulators/salesforce/page/sample-states.ts';
import { launchBrowser, measureOverflow, openContext } from '../support/launch-browser.ts';
import { type FakeUiApi, serveFakeUiApi } from '../support/serve-fake-ui-api.ts';

const LOOKS = ['theme=slds1', 'theme=slds2', 'theme=slds2&scheme=dark'];
const WIDTHS = [1366, 375];

let browser: Browser;
let fake: FakeUiApi;

/** What the browser and the components wrote to the console. */
const complaints: string[] = [];

beforeAll(async () => {
  [browser, fake] = await Promise.all([launchBrowser(), serveFakeUiApi()]);
}, 60_000);

afterAll(async () => {
  await Promise.all([browser.close(), fake.close()]);
});

async function openGallery(query: string, width: number) {
  const context = await openContext(browser, { viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(`${fake.origin}/lightning/upflow/gallery?${query}`);
  await page.locator('[data-state="ok"] [data-figure="outstanding"]').waitFor();
  return page;
}

/** Only violations in full, and in one go as the pages have no frames: carrying the rest around takes most of the time. */
const analyze = (page: Page) =>
  new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();

async function listFaults(look: string, width: number): Promise<string[]> {
  const page = await openGallery(look, width);
  const { violations } = await analyze(page);
  const overflow = await measureOverflow(page);
  await page.context().close();
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, target }) => `${id} ${target.join(' ')} ${html}`),
  );
  return overflow > 0 ? [...faults, `wider than the screen by ${overflow} pixels`] : faults;
}

test.each(WIDTHS)(
  'every state is accessible and fits in %i pixels, in every look',
  async (width) => {
    const faults = await Promise.all(LOOKS.map(async (look) => [look, await listFaults(look, width)]));
    expect(Object.fromEntries(faults)).toEqual(Object.fromEntries(LOOKS.map((look) => [look, []])));
  },
  60_000,
);

test('the components have nothing to complain about', async () => {
  const page = await openGallery('', 1366);
  await page.locator('[data-state="ok"] .tile-icon svg path').waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('axe sees through the components: a colour too weak to read is reported', async () => {
  const page = await openGallery('state=ok', 1366);
  await page.addStyleTag({ content: '[data-figure] { color: #eee !important }' });
  const { violations } = await analyze(page);
  expect(violations.map(({ id }) => id)).toEqual(['color-contrast']);
  await page.context().close();
});

test('every state tells in one sentence what is so, or shows figures', async () => {
  const page = await openGallery('', 1366);
  const notices: Record<string, string[]> = {};
  for (const state of Object.keys(listSampleStates())) {
    const shown = await page.locator(`[data-state="${state}"] [data-notice]`).all();
    notices[state] = await Promise.all(
      shown.map(async (notice) => (await notice.getAttribute('data-notice')) ?? ''),
    );
  }
  expect(notices).toEqual({
    ok: [],
    paused: [],
    current: [],
    clear: ['clear'],
    stale: ['stale'],
    attention: ['attention'],
    'attention-only': ['attention'],
    empty: ['empty'],
    partial: [],
    expired: [],
    unsafe: [],
    'no-access': ['no-access'],
    error: ['error'],
    loading: [],
  });
  const inState = (state: string) => page.locator(`[data-state="${state}"]`);
  expect(await inState('no-access').innerText()).toContain('permission set “Upflow Viewer”');
  expect(await inState('loading').innerText()).toContain('Loading the figures');
  expect(await inState('expired').innerText()).toContain('The link expired on');
  expect(await inState('unsafe').locator('a').count()).toBe(0);
  expect(await inState('ok').locator('.sync').innerText()).toBe('Synced 12 minutes ago');
  expect(await inState('ok').getByRole('link', { name: 'Open portal (opens in a new tab)' }).count()).toBe(1);
  expect(await inState('current').locator('.alarming').count()).toBe(0);
  expect(await inState('paused').innerText()).toContain('¥14,823,050');
  await page.context().close();
});

test('fits a narrow phone and turns around for right-to-left readers', async () => {
  const page = await openGallery('dir=rtl', 320);
  expect(await measureOverflow(page)).toBeLessThanOrEqual(0);
  const first = await page.locator('[data-state="ok"] .segment.due').boundingBox();
  const last = await page.locator('[data-state="ok"] .segment.late4').boundingBox();
  expect(first?.x).toBeGreaterThan(last?.x ?? Infinity);
  await page.context().close();
});
