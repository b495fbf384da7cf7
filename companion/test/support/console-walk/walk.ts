import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Demo } from '../../../simulators/run-demo.ts';

/** A person with three tabs: the console, Upflow and Salesforce. */
export interface Walk {
  demo: Demo;
  console: Page;
  upflow: Page;
  salesforce: Page;
}

/** One thing that a new user does. */
export interface WalkStep {
  /** Names its picture too: `console-<name>.png`. */
  name: string;
  /** Does it by what the screen shows, and comes to rest when it is done. */
  go: (walk: Walk) => Promise<void>;
  /** What then says how to go on; nothing after the last step. */
  next?: (walk: Walk) => Locator;
  /** The tab that shows what was done; the console where nothing is said. */
  tab?: 'upflow' | 'salesforce';
  /** What a picture of it shows, from the first to the last of these; the whole window where nothing is said. */
  show?: readonly string[];
}

/** Opens the tabs. */
export async function openWalk(context: BrowserContext, demo: Demo): Promise<Walk> {
  return {
    demo,
    console: await context.newPage(),
    upflow: await context.newPage(),
    salesforce: await context.newPage(),
  };
}

/** A button, or a link that looks like one. */
export function press(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name }).or(page.getByRole('link', { name })).first();
}
