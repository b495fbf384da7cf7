import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openGallery } from '../support/gallery.ts';
import { withGallery } from '../support/with-gallery.ts';

const gallery = withGallery();

/** What has the focus, and how the browser shows it; undefined outside the components. */
interface Focus {
  index: number;
  isShown: boolean;
}

const countControls = (page: Page): Promise<number> => page.evaluate('inspectGallery.listControls().length');
const readFocus = (page: Page): Promise<Focus | null> => page.evaluate('inspectGallery.readFocus()');

/** Presses Tab until the focus leaves the components again. */
async function walkThrough(page: Page, key: 'Tab' | 'Shift+Tab', steps: number): Promise<Focus[]> {
  const reached: Focus[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press(key);
    const focus = await readFocus(page);
    if (focus) reached.push(focus);
    else if (reached.length > 0) break;
  }
  return reached;
}

test.each(['theme=slds1', 'theme=slds2', 'theme=slds2&scheme=dark'])(
  'Tab reaches every link and button of every state in their order, and shows where it is, with %s',
  async (look) => {
    const page = await openGallery(gallery, { query: look });
    const count = await countControls(page);
    expect(count).toBeGreaterThan(100);
    await page.evaluate('inspectGallery.rememberUnfocused()');
    await page.locator('#panel').evaluate((section: { tabIndex: number; focus: () => void }) => {
      section.tabIndex = -1;
      section.focus();
    });
    const reached = await walkThrough(page, 'Tab', count + 1);
    expect(reached.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(reached.filter(({ isShown }) => !isShown)).toEqual([]);
    await page.context().close();
  },
  60_000,
);

test('nothing traps the focus on the way back', async () => {
  const page = await openGallery(gallery, { query: 'show=panel-ok' });
  await page.getByRole('link', { name: 'Open in Upflow' }).focus();
  const reached = await walkThrough(page, 'Shift+Tab', 5);
  expect(reached.map(({ index }) => index)).toEqual([2, 1, 0]);
  await page.context().close();
});

test('Enter and Space press the buttons: a list is sorted by its headings', async () => {
  const page = await openGallery(gallery, { query: 'show=list-mine' });
  const heading = page.getByRole('columnheader', { name: 'Account' });
  await page.getByRole('button', { name: 'Account' }).focus();
  await page.keyboard.press('Enter');
  expect(await heading.getAttribute('aria-sort')).toBe('ascending');
  await page.keyboard.press('Space');
  expect(await heading.getAttribute('aria-sort')).toBe('descending');
  expect(await page.locator(':focus').innerText()).toBe('Account');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await heading.getAttribute('aria-sort')).toBe('none');
  await page.context().close();
});

test('after an error, Enter on Try again asks anew', async () => {
  const page = await openGallery(gallery, { query: 'show=panel-error' });
  await page.getByRole('button', { name: 'Try again' }).focus();
  await page.evaluate('inspectGallery.countChanges()');
  await page.keyboard.press('Enter');
  await page.waitForFunction('inspectGallery.changes > 0');
  await page.getByRole('alert').getByText('could not be loaded').waitFor();
  await page.context().close();
});
