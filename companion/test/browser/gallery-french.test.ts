import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readLabels } from '../../simulators/salesforce/page/read-package-metadata.ts';
import { openGallery, readTexts } from '../support/gallery.ts';
import { bundleOptions } from '../support/serve-fake-ui-api.ts';
import { withGallery } from '../support/with-gallery.ts';

const gallery = withGallery();
const labels = readLabels(bundleOptions.packageDirectory);
const french = labels.translations.get('fr') ?? new Map<string, string>();

async function readGallery(query: string): Promise<{ texts: Record<string, string[]>; data: string }> {
  const page = await openGallery(gallery, { query });
  const read = { texts: await readTexts(page), data: await readSampleData(page) };
  await page.context().close();
  return read;
}

/** What the components were given to show: names of people, actions and reasons are in nobody's language. */
async function readSampleData(page: Page): Promise<string> {
  const answers = await page.locator('#page-data').textContent();
  return answers ?? '';
}

/** Words that are the same in both languages. */
const shared = new Set(
  [...labels.english].filter(([name, text]) => french.get(name) === text).map(([, text]) => text.trim()),
);

/** Values as Upflow writes them, which the panel shows in the way of people. */
const FROM_CODES = new Set(['Card', 'Direct debit']);

test('no word of a component is left in English for a French reader', async () => {
  const [english, inFrench] = await Promise.all([
    readGallery('lang=en&locale=en-US'),
    readGallery('lang=fr&locale=fr-FR'),
  ]);
  const untranslated = Object.entries(inFrench.texts).flatMap(([state, texts]) =>
    texts
      .filter((text) => /\p{L}{2}/u.test(text) && english.texts[state]?.includes(text))
      .filter((text) => !shared.has(text) && !FROM_CODES.has(text))
      .filter((text) => !inFrench.data.includes(JSON.stringify(text).slice(1, -1)))
      .map((text) => `${state}: ${text}`),
  );
  expect([...new Set(untranslated)]).toEqual([]);
});

test('every state says in French as much as in English', async () => {
  const [english, inFrench] = await Promise.all([readGallery('lang=en'), readGallery('lang=fr')]);
  const count = ({ texts }: typeof english) =>
    Object.fromEntries(Object.entries(texts).map(([state, words]) => [state, words.length]));
  expect(count(inFrench)).toEqual(count(english));
});

test('money, days and names of values follow the reader', async () => {
  const { texts } = await readGallery('lang=fr&locale=fr-FR&show=panel-current');
  const words = texts['panel-current']?.join(' | ').replaceAll(/\s/g, ' ');
  expect(words).toContain('12 400,00 €');
  expect(words).toContain('Actif');
  expect(words).toContain('il y a 12 minutes');
});
