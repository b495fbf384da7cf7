import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { listFaults, openGallery, readTexts } from '../support/gallery.ts';
import { bundleOptions } from '../support/serve-fake-ui-api.ts';
import { withGallery } from '../support/with-gallery.ts';

const gallery = withGallery();
const folder = mkdtempSync(join(tmpdir(), 'sandboxed-'));
const script = join(folder, 'lightning.js');

beforeAll(async () => {
  const builder = join(import.meta.dirname, '../support/roll-up-sandboxed.ts');
  const { packageDirectory } = bundleOptions;
  await promisify(execFile)(process.execPath, ['--no-warnings', builder, packageDirectory, script]);
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The gallery with the package's components inside Lightning Web Security's sandbox. */
const openSandboxed = (query: string): Promise<Page> =>
  openGallery(gallery, {
    query,
    prepare: async (page) => {
      await page.route('**/lightning/assets/lightning.js', (route) =>
        route.fulfill({ path: script, contentType: 'text/javascript' }),
      );
    },
  });

/** What a reader gets: the words, and the room that each component takes. */
async function describePage(page: Page): Promise<object> {
  const rooms = page.locator('[data-item] [data-component]');
  const heights = await rooms.evaluateAll((places: { clientHeight: number }[]) =>
    places.map(({ clientHeight }) => clientHeight),
  );
  return { texts: await readTexts(page), heights };
}

test('the package’s code is in a sandbox: it sees nothing that the page puts into its window', async () => {
  const page = await openSandboxed('show=panel-ok');
  const seen = await page.evaluate(`
    globalThis.ofThePage = 'seen';
    new Promise((resolve) => evaluateBesidePackage('$lockerEvalContext$(typeof globalThis.ofThePage)', resolve));
  `);
  expect(seen).toBe('undefined');
  expect(await page.evaluate('typeof globalThis.ofThePage')).toBe('string');
  await page.context().close();
});

test.each(['theme=slds1&lang=en', 'theme=slds2&lang=fr&dir=rtl', 'theme=slds2&scheme=dark&lang=en'])(
  'every state looks and reads inside the sandbox as outside, and is as accessible, with %s',
  async (look) => {
    const [inside, outside] = await Promise.all([openSandboxed(look), openGallery(gallery, { query: look })]);
    expect(await describePage(inside)).toEqual(await describePage(outside));
    expect(await listFaults(inside)).toEqual([]);
    await Promise.all([inside.context().close(), outside.context().close()]);
  },
  60_000,
);

test('the panel can be used inside the sandbox: the portal link is copied', async () => {
  const page = await openSandboxed('show=panel-ok');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('status').getByText('Portal link copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^https:\/\/pay\.upflow\.io/);
  await page.context().close();
});
