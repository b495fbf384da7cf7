import { expect, test } from '@jest/globals';
import { listFaults, listViolations, openGallery } from '../support/gallery.ts';
import { withGallery } from '../support/with-gallery.ts';

// Each theme and each language; dark differs from light SLDS 2 in its colours only, and those are the same in French.
const LOOKS = [
  'theme=slds1&lang=en',
  'theme=slds1&lang=fr',
  'theme=slds2&lang=fr',
  'theme=slds2&scheme=dark&lang=en',
];
const DIRECTIONS = ['dir=ltr', 'dir=rtl'];
const WIDTHS = [1440, 768, 320];

const gallery = withGallery();

/** One page for all widths: a window that is made narrower lays out the same components anew. */
async function listFaultsInAllWidths(look: string): Promise<Record<number, string[]>> {
  const page = await openGallery(gallery, { query: look });
  const faults: Record<number, string[]> = {};
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    faults[width] = await listFaults(page);
  }
  await page.context().close();
  return faults;
}

const NO_FAULTS = Object.fromEntries(WIDTHS.map((width) => [width, []]));

test.each(LOOKS)(
  'every state of every component is accessible, whole and fits in each width with %s, in both directions',
  async (look) => {
    const found = await Promise.all(
      DIRECTIONS.map((direction) => listFaultsInAllWidths(`${look}&${direction}`)),
    );
    expect(found).toEqual(DIRECTIONS.map(() => NO_FAULTS));
  },
  240_000,
);

test('axe sees through the components: a colour too weak to read is reported', async () => {
  const page = await openGallery(gallery, { query: 'show=panel-ok' });
  await page.addStyleTag({ content: '[data-figure] { color: #eee !important }' });
  const violations = await listViolations(page);
  expect(violations.map((violation) => violation.split(' ')[0])).toEqual(
    violations.map(() => 'color-contrast'),
  );
  expect(violations.length).toBeGreaterThan(0);
  await page.context().close();
});

test('a text that is cut off is found, and so is a component that is too wide', async () => {
  const page = await openGallery(gallery, { query: 'show=notice-info', width: 320 });
  expect(await listFaults(page)).toEqual([]);
  await page.addStyleTag({
    content: '[data-component] p { inline-size: 30rem; } [data-component] { overflow: hidden; }',
  });
  expect(await listFaults(page)).toEqual([expect.stringContaining('cut off: notice-info: No figures yet')]);
  await page.addStyleTag({ content: '[data-component] { overflow: visible; }' });
  expect(await listFaults(page)).toContainEqual(expect.stringContaining('wider than the screen'));
  await page.context().close();
});
