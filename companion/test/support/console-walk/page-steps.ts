import type { Page } from 'playwright-core';
import { press, type WalkStep } from './walk.ts';

const visit = async (console: Page, label: string) => {
  await console.bringToFront();
  await console.getByRole('navigation').getByRole('link', { name: label, exact: true }).click();
  await console.getByRole('heading', { level: 1 }).waitFor();
};

/** The pages that somebody works with once all is set up. */
export const pageSteps: readonly WalkStep[] = [
  {
    name: 'matches',
    go: async ({ console }) => {
      await visit(console, 'Matches');
      await console.getByRole('table').first().waitFor();
    },
  },
  {
    name: 'import',
    go: async ({ console }) => {
      await visit(console, 'Import');
      await console.getByRole('switch', { name: /Account owners/ }).check();
      await console.getByRole('switch', { name: /^Contacts/ }).check();
      await press(console, 'Save import').click();
      await press(console, 'Replace contacts').click();
      await console.getByText('Changes not yet saved').waitFor({ state: 'detached' });
      await press(console, 'Run now').click();
      const underWay = console.getByRole('heading', { name: 'Import under way' });
      await underWay.waitFor();
      await underWay.waitFor({ state: 'detached', timeout: 60_000 });
      await console.evaluate('scrollTo(0, 0)');
    },
  },
  {
    name: 'drift',
    go: async ({ console }) => {
      await visit(console, 'Drift');
      await press(console, 'Audit now').click();
      await console.getByRole('cell').getByText('Done').first().waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'activity',
    go: async ({ console }) => {
      await visit(console, 'Activity');
      await console.getByRole('table').first().waitFor();
    },
  },
  {
    name: 'health',
    go: async ({ console }) => {
      await visit(console, 'Health');
      await console.getByRole('table').first().waitFor();
    },
  },
];
