import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { bulkQuery } from '../../src/salesforce/bulk-query.ts';
import { SalesforceCallError } from '../../src/salesforce/call-error.ts';
import { guardedStream } from '../../src/salesforce/guard-transport.ts';
import { openSalesforceClient, type SalesforceClient } from '../../src/salesforce/open-client.ts';
import { readRows } from '../../src/salesforce/read-rows.ts';
import { openSimulator, type TestOrg } from '../simulators/salesforce/open-simulator.ts';

let org: TestOrg;
let client: SalesforceClient;
const statuses: number[] = [];

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());
beforeEach(async () => {
  await org.control('POST', '/reset');
  statuses.length = 0;
  client = openSalesforceClient({
    sessions: { current: () => Promise.resolve(openSession()), renew: () => Promise.resolve(openSession()) },
    apiVersion: '66.0',
    timeoutInMs: 1000,
    onCall: ({ status }) => statuses.push(status),
  });
});

function openSession() {
  const { accessToken, instanceUrl } = org.simulator.org.openSession('integration');
  return { accessToken, instanceOrigin: instanceUrl, generation: 1 };
}

const SEEDED = "FROM Account WHERE Name LIKE 'Seeded%' ORDER BY Name";

async function read(rows: AsyncIterable<string[][]>): Promise<string[][]> {
  const all: string[][] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
}

async function countJobs(): Promise<number> {
  const { body } = await org.call('/jobs/query', { user: 'integration' });
  return (body as { records: unknown[] }).records.length;
}

async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no refusal',
    (error: unknown) =>
      error instanceof SalesforceCallError ? error.problem : (error as { errorCode?: string }).errorCode,
  );
}

test('all rows come, over all pages, and no job is left behind', async () => {
  await org.control('PUT', '/settings', { bulkResultRows: 1500 });
  await org.control('POST', '/accounts', { count: 4500 });
  const rows = await read(bulkQuery(client, `SELECT Name ${SEEDED}`));
  expect(rows).toHaveLength(4500);
  expect(new Set(rows.map(([name]) => name)).size).toBe(4500);
  expect(await countJobs()).toBe(0);
});

test('cells keep quotes, commas, line ends and other alphabets; nothing is an empty text', async () => {
  const name = 'A "quoted", name\nof two lines, ΟΔΟΣ';
  await org.seed([{ Name: name, ERP_Code__c: 'Q-1' }]);
  const query = "SELECT Name, Phone, ERP_Code__c FROM Account WHERE ERP_Code__c = 'Q-1'";
  expect(await read(bulkQuery(client, query))).toEqual([[name, '', 'Q-1']]);
});

test('a few rows cost one plain call, many a bulk job', async () => {
  await org.control('POST', '/accounts', { count: 10 });
  expect(await read(readRows(client, ['Id', 'Name', 'NumberOfEmployees'], SEEDED))).toHaveLength(10);
  expect(statuses).toHaveLength(1);
  await org.control('POST', '/accounts', { count: 2500 });
  expect(await read(readRows(client, ['Id', 'Name'], SEEDED))).toHaveLength(2510);
});

test.each(['resetMidBody', 'wrongLength', 'stallBody'])(
  'a page that breaks off (%s) is read again, and no row comes twice',
  async (fault) => {
    await org.control('POST', '/accounts', { count: 3000 });
    await org.control('PUT', '/faults', [{ match: { path: '/results' }, fault, times: 1 }]);
    const rows = await read(bulkQuery(client, `SELECT Name ${SEEDED}`));
    expect(rows).toHaveLength(3000);
    expect(new Set(rows.map(([name]) => name)).size).toBe(3000);
  },
);

test('a session that ends half-way is renewed', async () => {
  await org.control('POST', '/accounts', { count: 3000 });
  await org.control('PUT', '/faults', [{ match: { path: '/results' }, fault: 'expireSession', times: 1 }]);
  expect(await read(bulkQuery(client, `SELECT Name ${SEEDED}`))).toHaveLength(3000);
});

test('a query that Salesforce refuses is told in its words', async () => {
  expect(await refusal(read(bulkQuery(client, 'SELECT Nope FROM Account')))).toBe('API_ERROR');
});

test('whoever stops reading leaves no job behind', async () => {
  await org.control('POST', '/accounts', { count: 5000 });
  for await (const rows of bulkQuery(client, `SELECT Name ${SEEDED}`)) {
    expect(rows.length).toBeGreaterThan(0);
    break;
  }
  expect(await countJobs()).toBe(0);
});

test('results that are redirected, or would come from another host, are refused', async () => {
  await org.control('PUT', '/faults', [
    { match: { path: '/results' }, fault: 'redirect', location: 'https://elsewhere.example/' },
  ]);
  expect(await refusal(read(bulkQuery(client, 'SELECT Name FROM Account')))).toBe('redirect');
  const stream = guardedStream(
    'https://elsewhere.example/',
    { method: 'GET', headers: {} },
    { origin: org.simulator.url, timeoutInMs: 1000, idleInMs: 1000 },
  );
  expect(await refusal(stream)).toBe('forbidden-host');
});
