import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serveSimulatorPages } from '../../../simulators/salesforce/page/serve-simulator-pages.ts';
import { bundleOptions } from '../../support/serve-fake-ui-api.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator({
    configure: (app, simulated) => {
      app.use(serveSimulatorPages(simulated, bundleOptions));
    },
  });
});
afterAll(() => org.close());

async function readLinks(path: string): Promise<string[]> {
  const html = await (await fetch(org.simulator.url + path)).text();
  const main = html.slice(html.indexOf('<main'));
  return [...main.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
}

/** The names of the package's files of a kind. */
const listNames = (pattern: string): string[] =>
  globSync(`main/default/${pattern}`, { cwd: bundleOptions.packageDirectory }).map((path) =>
    basename(path).replace(/\..*$/, ''),
  );

const reports = listNames('reports/Upflow/*.report-meta.xml');
const views = listNames('objects/Account/listViews/*.listView-meta.xml');

test('who opens the home page finds every tab, list and report of the package, and the gallery', async () => {
  expect(await readLinks('/')).toEqual(
    expect.arrayContaining([
      ...listNames('tabs/*.tab-meta.xml').map((name) => `/lightning/n/${name}`),
      ...views.map((name) => `/lightning/o/Account/list?filterName=${name}`),
      '/lightning/o/Opportunity/list',
      '/lightning/o/Report/home',
      ...reports.map((name) => `/lightning/r/Report/${name}/view`),
      '/lightning/upflow/gallery',
      '/simulator/calls',
    ]),
  );
});

test('every link of the home page leads to a page, which is seen with the same eyes', async () => {
  const links = await readLinks('/?user=admin');
  expect(links.length).toBeGreaterThan(reports.length + views.length);
  const answers = await Promise.all(
    links.map(async (link) => ({ link, answer: await fetch(org.simulator.url + link) })),
  );
  expect(answers.filter(({ answer }) => answer.status !== 200).map(({ link }) => link)).toEqual([]);
  expect(links.filter((link) => !link.includes('user=admin'))).toEqual([]);
});
