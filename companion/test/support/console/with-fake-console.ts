import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, openContext } from '../launch-browser.ts';
import { type FakeConsole, serveFakeConsoleApi } from '../serve-fake-console-api.ts';

/** The console beside an API that answers what a test says. */
export interface FakeConsoleView {
  readonly fake: FakeConsole;
  readonly page: Page;
  /** Goes to a place of the console and waits until it is there. */
  open: (place: string) => Promise<void>;
  button: (name: string | RegExp) => Locator;
}

/** A browser and the console for all tests of a file; for each test a new page, and an API with its usual answers. */
export function withFakeConsole(): FakeConsoleView {
  const opened = {} as { browser: Browser; fake: FakeConsole; page: Page };
  beforeAll(async () => {
    const [browser, fake] = await Promise.all([launchBrowser(), serveFakeConsoleApi()]);
    Object.assign(opened, { browser, fake });
  }, 120_000);
  beforeEach(async () => {
    opened.fake.reset();
    opened.page = await (await openContext(opened.browser)).newPage();
  });
  afterAll(async () => {
    await Promise.all([opened.browser.close(), opened.fake.close()]);
  });
  return {
    get fake() {
      return opened.fake;
    },
    get page() {
      return opened.page;
    },
    async open(place) {
      await opened.page.goto(`${opened.fake.url}/console/#${place}`);
      await opened.page.getByRole('heading', { level: 1 }).waitFor();
    },
    button: (name) => opened.page.getByRole('button', { name }),
  };
}
