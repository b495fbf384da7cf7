import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { buildLightningBundle } from '../../simulators/salesforce/page/build-lightning-bundle.ts';
import { launchBrowser } from './launch-browser.ts';
import { bundleOptions, type FakeUiApi, serveFakeUiApi } from './serve-fake-ui-api.ts';

/** A browser and a server of the gallery for all tests of a file. */
export function withGallery(): { browser: Browser; origin: string } {
  const opened = {} as { browser: Browser; fake: FakeUiApi };
  beforeAll(async () => {
    const [browser, fake] = await Promise.all([
      launchBrowser(),
      serveFakeUiApi(),
      buildLightningBundle(bundleOptions),
    ]);
    Object.assign(opened, { browser, fake });
  }, 90_000);
  afterAll(async () => {
    await Promise.all([opened.browser.close(), opened.fake.close()]);
  });
  return {
    get browser() {
      return opened.browser;
    },
    get origin() {
      return opened.fake.origin;
    },
  };
}
