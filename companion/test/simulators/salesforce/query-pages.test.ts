import { afterAll, beforeEach, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

interface Page {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: { Id: string }[];
}

const soql = encodeURIComponent('SELECT Id FROM Account ORDER BY Name');
const firstPage = async (headers = {}): Promise<Page> =>
  (await org.call(`/query?q=${soql}`, { user: 'admin', headers })).body as Page;
const pathOf = (page: Page): string => (page.nextRecordsUrl ?? '').replace('/services/data/v66.0', '');
const nextPage = (page: Page, user: 'admin' | 'rep' = 'admin') => org.call(pathOf(page), { user });

async function readAll(): Promise<Page[]> {
  const pages = [await firstPage()];
  for (let page = pages[0]; page?.done === false; page = pages.at(-1)) {
    pages.push((await nextPage(page)).body as Page);
  }
  return pages;
}

test('of any length hold every row exactly once, and only the last has no address of a next one', async () => {
  const expected = (await org.rows('SELECT Id FROM Account ORDER BY Name')).map((row) => row.Id);
  const lengths = fc.record({ queryPageSize: fc.integer({ min: 1, max: 40 }), shortPages: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(lengths, async (settings) => {
      await org.control('PUT', '/settings', settings);
      const pages = await readAll();
      expect(pages.flatMap((page) => page.records.map(({ Id }) => Id))).toEqual(expected);
      expect(pages.map((page) => 'nextRecordsUrl' in page)).toEqual(pages.map(({ done }) => !done));
      expect(pages.every((page) => page.totalSize === expected.length)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('can be shorter than asked for and of varying length', async () => {
  await org.control('PUT', '/settings', { shortPages: true, queryPageSize: 8 });
  const lengths = (await readAll()).map(({ records }) => records.length);
  expect(new Set(lengths).size).toBeGreaterThan(2);
  expect((await readAll()).map(({ records }) => records.length)).toEqual(lengths);
});

test('hold between 200 and 2000 rows, whatever the client asks for', async () => {
  await org.control('POST', '/accounts', { count: 2100 });
  const asked = async (rows: number): Promise<number> =>
    (await firstPage({ 'Sforce-Query-Options': `batchSize=${rows}` })).records.length;
  expect(await Promise.all([1, 200, 750, 9999].map(asked))).toEqual([200, 200, 750, 2000]);
});

test('are of no use to another user', async () => {
  await org.control('PUT', '/settings', { queryPageSize: 10 });
  const page = await firstPage();
  expect(await nextPage(page, 'rep')).toMatchObject({
    status: 400,
    body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }],
  });
  expect((await nextPage(page)).status).toBe(200);
});

test('cannot be fetched once the query is too old, or beyond its end', async () => {
  await org.control('PUT', '/settings', { queryPageSize: 10 });
  const page = await firstPage();
  const beyond = pathOf(page).replace(/-\d+$/, '-2000');
  const gone = { status: 400, body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] };
  expect(await org.call(beyond, { user: 'admin' })).toMatchObject(gone);
  await org.control('PUT', '/settings', { queryLocatorMinutes: 0 });
  expect(await nextPage(page)).toMatchObject(gone);
});

test('a user has ten unfinished queries, and an eleventh ends the oldest', async () => {
  await org.control('PUT', '/settings', { queryPageSize: 10 });
  const pages: Page[] = [];
  for (let opened = 0; opened < 11; opened += 1) pages.push(await firstPage());
  const statuses = await Promise.all(pages.map(async (page) => (await nextPage(page)).status));
  expect(statuses).toEqual([400, ...Array<number>(10).fill(200)]);
});

test('the rest of many child sub-queries ends no query', async () => {
  await org.control('PUT', '/settings', { queryPageSize: 1 });
  await org.control('PUT', '/settings', { queryLocatorsPerUser: 1 });
  const text = encodeURIComponent(
    'SELECT (SELECT Id FROM Contacts) FROM Account WHERE Id IN (SELECT AccountId FROM Contact)',
  );
  const page = (await org.call(`/query?q=${text}`, { user: 'admin' })).body as Page;
  expect(page.records).toMatchObject([{ Contacts: { totalSize: 2, done: false } }]);
  expect((await nextPage(page)).status).toBe(200);
});

test('queryAll continues where query does', async () => {
  await org.control('PUT', '/settings', { queryPageSize: 10 });
  const { body } = await org.call(`/queryAll?q=${soql}`, { user: 'admin' });
  expect((body as Page).nextRecordsUrl).toMatch(/^\/services\/data\/v66\.0\/query\/01g\w{15}-10$/);
});
