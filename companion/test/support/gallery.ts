import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { measureOverflow, openContext } from './launch-browser.ts';

const INSPECTOR = join(import.meta.dirname, 'in-page/inspectGallery.js');

export interface GalleryView {
  /** How the gallery looks and what it shows: the query of its address. */
  query?: string;
  width?: number;
  /** Done before the page is opened. */
  prepare?: (page: Page) => Promise<void>;
}

/** Opens the gallery, with all its components drawn. */
export async function openGallery(
  { browser, origin }: { browser: Browser; origin: string },
  { query = '', width = 1440, prepare }: GalleryView = {},
): Promise<Page> {
  const context = await openContext(browser, { viewport: { width, height: 900 } });
  await context.addInitScript({ path: INSPECTOR });
  const page = await context.newPage();
  await prepare?.(page);
  await page.goto(`${origin}/lightning/upflow/gallery?${query}`);
  await page.locator('[data-component] svg path').first().waitFor({ state: 'attached' });
  return page;
}

/** The gallery's texts by state, as the components wrote them. */
export const readTexts = async (page: Page): Promise<Record<string, string[]>> =>
  await page.evaluate('inspectGallery.readTexts()');

/** Only violations in full, and in one go as the pages have no frames: carrying the rest around takes most of the time. */
export async function listViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, target }) => `${id} ${target.join(' ')} ${html.slice(0, 200)}`),
  );
}

/** All that a reader could complain of: what axe finds, what is cut off, what makes the page scroll sideways. */
export async function listFaults(page: Page): Promise<string[]> {
  const violations = await listViolations(page);
  const clipped: string[] = await page.evaluate('inspectGallery.findClippedTexts()');
  const overflow = await measureOverflow(page);
  return [
    ...violations,
    ...clipped.map((text) => `cut off: ${text}`),
    ...(overflow > 0 ? [`wider than the screen by ${overflow} pixels`] : []),
  ];
}
