import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { acceptSuggestions } from '../../src/match/accept-suggestions.ts';
import type { Counts } from '../../src/match/comparison.ts';
import type { MatchKind } from '../../src/match/compare-group.ts';
import { readPage } from '../../src/match/read-page.ts';
import { loadAllLinks } from '../../src/store/links.ts';
import { readReportHead } from '../../src/store/match-report.ts';
import { openMatching, type Matching } from './open-matching.ts';

const CUSTOMERS = 20_000;
const PAIR = { upflow: 'externalId', salesforce: 'ERP_Code__c', comparedAs: 'text' as const };

let matching: Matching;
let counts: Counts;

beforeAll(async () => {
  matching = await openMatching();
  await matching.addConnection('acme', PAIR);
  await matching.addConnection('bolt', PAIR);
  const records = Array.from({ length: CUSTOMERS }, (_, index) => ({
    Name: `Account ${index}`,
    ERP_Code__c: `K-${index}`,
  }));
  for (let start = 0; start < CUSTOMERS; start += 5000)
    await matching.org.seed(records.slice(start, start + 5000));
  await matching.addCustomers(
    'acme',
    records.map(({ ERP_Code__c: code }, index) => ({
      id: `c-${index}`,
      name: `${index % 100 === 0 ? 'Zebra' : 'Plain'} Works ${index}`,
      externalId: index % 10 === 0 ? code.toLowerCase() : code,
    })),
  );
  await matching.addCustomers('bolt', [{ id: 'c-1', name: 'Of the other', externalId: 'K-1' }]);
  const job = await matching.run('acme', 'refresh');
  ({ counts } = job?.result as { counts: Counts });
}, 120_000);
afterAll(() => matching.close());

async function readAll(kind: MatchKind, search = '', limit = 500, connectionId = 'acme') {
  const run = (await readReportHead(matching.db, connectionId))?.run ?? 0;
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const wanted = { kind, search, limit, after };
    const page = await readPage(matching.db, connectionId, { run, kind: 'text' }, wanted);
    ids.push(...page.rows.map(({ customer, accounts }) => customer?.[0] ?? accounts[0]?.[0] ?? ''));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return ids;
}

test('every row comes once, over all pages', async () => {
  expect(counts).toMatchObject({
    customers: CUSTOMERS,
    matched: CUSTOMERS * 0.9,
    formatting: CUSTOMERS * 0.1,
  });
  const matched = await readAll('matched');
  expect(new Set(matched).size).toBe(CUSTOMERS * 0.9);
  expect(matched).toHaveLength(CUSTOMERS * 0.9);
  expect(await readAll('formatting', '', 7)).toHaveLength(CUSTOMERS * 0.1);
});

test('a search finds what names, their words, ids and values begin with, each row once', async () => {
  expect(await readAll('formatting', 'zebra works')).toHaveLength(CUSTOMERS / 100);
  expect(await readAll('formatting', 'WORKS ', 33)).toHaveLength(CUSTOMERS * 0.1);
  expect(await readAll('matched', 'works 4321')).toEqual(['c-4321']);
  expect(await readAll('matched', 'c-4321')).toEqual(['c-4321']);
  expect(await readAll('matched', 'k-4321')).toEqual(['c-4321']);
  expect(await readAll('matched', 'account 4321')).toEqual(['c-4321']);
  expect((await readAll('matched', 'k-432')).sort()).toEqual((await readAll('matched', 'c-432')).sort());
  expect(await readAll('matched', "'; drop table match_row --")).toEqual([]);
});

test('what one connection has and does is not seen in another', async () => {
  expect(await readAll('matched', '', 500, 'bolt')).toEqual([]);
  await matching.run('bolt', 'refresh');
  expect(await readAll('matched', '', 500, 'bolt')).toEqual(['c-1']);
  expect(await acceptSuggestions(matching.db, 'bolt', 'somebody')).toBe(0);
  expect(await acceptSuggestions(matching.db, 'acme', 'somebody', ['c-10'])).toBe(1);
  expect(await loadAllLinks(matching.db, 'bolt')).toEqual([]);
  await matching.run('bolt', 'refresh');
  expect((await readReportHead(matching.db, 'bolt'))?.counts).toMatchObject({ matched: 1, manual: 0 });
});

test('all suggestions are accepted, and the next report agrees', async () => {
  const left = CUSTOMERS * 0.1 - 1;
  expect(await acceptSuggestions(matching.db, 'acme', 'somebody')).toBe(left);
  const mended = (await readReportHead(matching.db, 'acme'))?.counts;
  expect(mended).toMatchObject({ formatting: 0, manual: left + 1, missingInUpflow: counts.missingInUpflow });
  const job = await matching.run('acme', 'refresh');
  expect((job?.result as { counts: Counts }).counts).toEqual(mended);
}, 60_000);
