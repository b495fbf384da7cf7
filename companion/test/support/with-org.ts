import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { buildLightningBundle } from '../../simulators/salesforce/page/build-lightning-bundle.ts';
import { serveSimulatorPages } from '../../simulators/salesforce/page/serve-simulator-pages.ts';
import { openSimulator, type TestOrg } from '../simulators/salesforce/open-simulator.ts';
import { launchBrowser, openContext } from './launch-browser.ts';
import { bundleOptions } from './serve-fake-ui-api.ts';

export interface OrgInBrowser {
  org: TestOrg;
  browser: Browser;
  /** Opens a page of the org in a browser profile of its own. */
  open: (path: string, width?: number) => Promise<Page>;
}

/** A simulated org with its pages, and a browser, for all tests of a file. */
export function withOrg(): OrgInBrowser {
  const opened = {} as { org: TestOrg; browser: Browser };
  beforeAll(async () => {
    const simulator = openSimulator({
      configure: (app, simulated) => {
        app.use(serveSimulatorPages(simulated, bundleOptions));
      },
    });
    const [browser, org] = await Promise.all([
      launchBrowser(),
      simulator,
      buildLightningBundle(bundleOptions),
    ]);
    Object.assign(opened, { browser, org });
  }, 90_000);
  afterAll(async () => {
    await Promise.all([opened.browser.close(), opened.org.close()]);
  });
  return {
    get org() {
      return opened.org;
    },
    get browser() {
      return opened.browser;
    },
    open: async (path, width = 1366) => {
      const context = await openContext(opened.browser, { viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto(opened.org.simulator.url + path);
      return page;
    },
  };
}
