import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readComponentNames } from '../../simulators/salesforce/page/read-package-metadata.ts';
import { openGallery } from '../support/gallery.ts';
import { measureOverflow } from '../support/launch-browser.ts';
import { bundleOptions } from '../support/serve-fake-ui-api.ts';
import { withGallery } from '../support/with-gallery.ts';

/** An element, as far as these tests read it. */
interface Placed {
  dataset: Record<string, string>;
}

const gallery = withGallery();
const inState = (page: Page, state: string) => page.locator(`[data-item="${state}"] [data-component]`);

async function onGallery(query: string, check: (page: Page) => Promise<void>): Promise<void> {
  const page = await openGallery(gallery, { query });
  await check(page);
  await page.context().close();
}

test('every component of the package is shown, and has nothing to complain about', async () => {
  const complaints: string[] = [];
  const page = await openGallery(gallery, {
    prepare: (opened) => {
      opened.on('console', (message) => complaints.push(message.text()));
      opened.on('pageerror', ({ message }) => complaints.push(message));
      return Promise.resolve();
    },
  });
  const shown = await page
    .locator('[data-component]')
    .evaluateAll((places: Placed[]) => places.map(({ dataset }) => dataset.component));
  expect([...new Set(shown)].sort()).toEqual(readComponentNames(bundleOptions.packageDirectory));
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('every state of the panel tells in one sentence what is so, or shows figures', async () => {
  await onGallery('show=panel', async (page) => {
    const notices: Record<string, string[]> = {};
    for (const item of await page.locator('[data-item]').all()) {
      const shown = await item.locator('[data-notice]').all();
      const names = await Promise.all(shown.map((notice) => notice.getAttribute('data-notice')));
      const hasFigures = (await item.locator('[data-figure]').count()) > 0;
      const state = (await item.getAttribute('data-item')) ?? '';
      notices[state] = [...names.map(String), ...(hasFigures ? ['figures'] : [])];
    }
    expect(notices).toEqual({
      'panel-ok': ['figures'],
      'panel-paused': ['figures'],
      'panel-current': ['figures'],
      'panel-clear': ['clear', 'figures'],
      'panel-credit': ['clear', 'figures'],
      'panel-largest': ['attention', 'figures'],
      'panel-stale': ['stale', 'figures'],
      'panel-attention': ['attention', 'figures'],
      'panel-attention-no-reason': ['attention', 'figures'],
      'panel-attention-only': ['attention'],
      'panel-empty': ['empty'],
      'panel-never-synced': ['figures'],
      'panel-partial': ['figures'],
      'panel-expired': ['figures'],
      'panel-no-portal': ['figures'],
      'panel-unsafe': ['figures'],
      'panel-no-access': ['no-access'],
      'panel-error': ['error'],
      'panel-loading': [],
      'panel-compact': ['figures'],
      'panel-no-ageing': ['figures'],
      'panel-no-details': ['figures'],
      'panel-portal-hidden': ['figures'],
      'panel-stale-later': ['figures'],
    });
    expect(await inState(page, 'panel-loading').innerText()).toContain('Loading the figures');
    expect(await inState(page, 'panel-unsafe').locator('a').count()).toBe(0);
    expect(await inState(page, 'panel-ok').locator('.sync').innerText()).toBe('Synced 12 minutes ago');
    expect(await inState(page, 'panel-current').locator('.alarming').count()).toBe(0);
    expect(await inState(page, 'panel-paused').innerText()).toContain('¥14,823,050');
  });
});

test('what an admin switches off in the builder is not there', async () => {
  await onGallery('show=panel', async (page) => {
    const counts = async (state: string) =>
      await Promise.all(
        ['[data-bucket]', '[data-fact]', '[data-id="open"]'].map((part) =>
          inState(page, state).locator(part).count(),
        ),
      );
    expect(await counts('panel-ok')).toEqual([5, 8, 1]);
    expect(await counts('panel-compact')).toEqual([0, 0, 1]);
    expect(await counts('panel-no-ageing')).toEqual([0, 8, 1]);
    expect(await counts('panel-no-details')).toEqual([5, 0, 1]);
    expect(await counts('panel-portal-hidden')).toEqual([5, 8, 0]);
  });
});

test('the alert speaks of what is late, and is silent when all is well or below what the admin set', async () => {
  await onGallery('show=alert', async (page) => {
    expect((await inState(page, 'alert-one').innerText()).split('\n').filter(Boolean)).toEqual([
      '€1,200.00 overdue',
      'late for 1 day',
      '1 invoice',
      'Account:',
      'Edge Communications',
    ]);
    for (const state of ['clear', 'no-access', 'minimum-amount', 'minimum-days']) {
      const box = await inState(page, `alert-${state}`).boundingBox();
      expect([state, box?.height]).toEqual([state, 0]);
    }
  });
});

test('each checklist marks as next the first step that is left', async () => {
  await onGallery('show=start', async (page) => {
    const next: Record<string, string[]> = {};
    for (const item of await page.locator('[data-item]').all()) {
      const steps = item.locator('.next');
      next[(await item.getAttribute('data-item')) ?? ''] = await steps.evaluateAll((found: Placed[]) =>
        found.map(({ dataset }) => String(dataset.step)),
      );
    }
    expect(next).toEqual({
      'start-rights': ['rights'],
      'start-connect': ['connect'],
      'start-no-console': ['connect'],
      'start-synced': ['page'],
      'start-attention-one': ['page'],
      'start-attention-many': ['page'],
      'start-unknown': [],
      'start-loading': [],
    });
  });
});

test('the ageing turns around for right-to-left readers', async () => {
  await onGallery('dir=rtl&show=panel-ok', async (page) => {
    const first = await page.locator('.segment.due').boundingBox();
    const last = await page.locator('.segment.late4').boundingBox();
    expect(first?.x).toBeGreaterThan(last?.x ?? Infinity);
  });
});

test('links at the top show the same states in another theme, language and direction', async () => {
  await onGallery('show=notice', async (page) => {
    await page.getByRole('link', { name: 'SLDS 2 dark' }).click();
    await page.getByRole('link', { name: 'Français' }).click();
    await page.getByRole('link', { name: 'Right to left' }).click();
    await page.locator('html[lang="fr"][dir="rtl"] body.slds-color-scheme_dark').waitFor();
    expect(await page.locator('[aria-current="true"]').allInnerTexts()).toEqual(
      expect.arrayContaining(['SLDS 2 dark', 'Français', 'Right to left']),
    );
    expect(await measureOverflow(page)).toBe(0);
  });
});
