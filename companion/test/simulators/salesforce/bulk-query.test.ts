import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { bulkQuery } from './bulk-jobs.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const results = (id: string, parameters = '', version = 'v66.0') =>
  org.call(`/jobs/query/${id}/results${parameters}`, { user: 'admin', version });

test('a query job begins with its data complete and ends with CSV, all of it in quotes', async () => {
  await org.seed([{ Name: 'A "quoted", name', ERP_Code__c: 'Q-1', NumberOfEmployees: 3 }]);
  const query =
    "select id, name, Phone, CreatedDate, Owner.Name, NumberOfEmployees from account where ERP_Code__c = 'Q-1'";
  const created = await org.call('/jobs/query', {
    method: 'POST',
    user: 'admin',
    body: { operation: 'query', query },
  });
  expect(created).toMatchObject({
    status: 200,
    body: { operation: 'query', object: 'Account', state: 'UploadComplete', lineEnding: 'LF' },
  });
  const reply = await results(await bulkQuery(org, query));
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/csv']);
  expect(reply.headers.get('sforce-numberofrecords')).toBe('1');
  expect(reply.headers.get('sforce-locator')).toBe('null');
  const owner = org.simulator.org.users.rep;
  expect(reply.body).toMatch(/^"id","name","Phone","CreatedDate","Owner.Name","NumberOfEmployees"\n/);
  expect(reply.body).toMatch(
    new RegExp(
      `\n"001\\w{15}","A ""quoted"", name","","\\d{4}-[\\d:T.-]+Z","${owner.firstName} ${owner.lastName}","3"\n$`,
    ),
  );
});

test('numbers that may have a fraction are written as Java does, with an exponent from ten millions on', async () => {
  const amounts = [142_000_000, 80_000_000, 10_000_000, 9_999_999, 500_000, 0, -12_345_678];
  await org.seed(
    amounts.map((amount) => ({ Name: 'Sized', AnnualRevenue: amount, NumberOfEmployees: 12_345_678 })),
  );
  const query =
    "SELECT a.AnnualRevenue, NumberOfEmployees FROM Account a WHERE Name = 'Sized' ORDER BY AnnualRevenue DESC";
  const lines = String((await results(await bulkQuery(org, query))).body)
    .trimEnd()
    .split('\n')
    .slice(1);
  expect(lines.map((line) => line.split(',')[0])).toEqual(
    ['1.42E8', '8.0E7', '1.0E7', '9999999.0', '500000.0', '0.0', '-1.2345678E7'].map((text) => `"${text}"`),
  );
  expect(lines[0]).toBe('"1.42E8","12345678"');
});

test('results come in pages with the columns on each, until the locator says null', async () => {
  await org.control('POST', '/accounts', { count: 4500 });
  const id = await bulkQuery(org, "SELECT Name FROM Account WHERE Name LIKE 'Seeded%' ORDER BY Name");
  const rows: string[] = [];
  const counts: number[] = [];
  let locator = '';
  while (locator !== 'null') {
    const page = await results(id, `?maxRecords=1999${locator === '' ? '' : `&locator=${locator}`}`);
    const [head, ...lines] = String(page.body).trimEnd().split('\n');
    expect(head).toBe('"Name"');
    rows.push(...lines);
    counts.push(Number(page.headers.get('sforce-numberofrecords')));
    locator = page.headers.get('sforce-locator') ?? '';
  }
  expect(counts).toEqual([1999, 1999, 502]);
  expect(rows).toEqual([...new Set(rows)].sort());
  expect(rows).toHaveLength(4500);
});

test('delimiter and line ending are those that were asked for', async () => {
  await org.seed([{ Name: 'A', ERP_Code__c: 'Q-1' }]);
  const format = { columnDelimiter: 'PIPE', lineEnding: 'CRLF' };
  const id = await bulkQuery(org, "SELECT Name, ERP_Code__c FROM Account WHERE ERP_Code__c = 'Q-1'", format);
  expect((await results(id)).body).toBe('"Name"|"ERP_Code__c"\r\n"A"|"Q-1"\r\n');
});

test('queryAll also finds what is in the recycle bin', async () => {
  const [id = ''] = await org.seed([{ Name: 'Gone' }]);
  await org.call(`/sobjects/Account/${id}`, { method: 'DELETE', user: 'admin' });
  const query = `SELECT Id, IsDeleted FROM Account WHERE Id = '${id}'`;
  expect((await results(await bulkQuery(org, query))).body).toBe('"Id","IsDeleted"\n');
  const all = await bulkQuery(org, query, { operation: 'queryAll' });
  expect((await results(all)).body).toBe(`"Id","IsDeleted"\n"${id}","true"\n`);
});

const refused: [query: string, message: string][] = [
  [
    'SELECT Id, (SELECT Id FROM Contacts) FROM Account',
    'Aggregate Relationships not supported in Bulk V2 Query with CSV content type',
  ],
  ['SELECT Id, BillingAddress FROM Account', 'Selecting compound data not supported in Bulk Query'],
  ['SELECT COUNT(Id) FROM Account', 'not supported in Bulk Query'],
  ['SELECT Name FROM Account GROUP BY Name', 'not supported in Bulk Query'],
  ['SELECT Id FROM Account OFFSET 5', 'not supported in Bulk Query'],
  ['SELECT Nope FROM Account', "No such column 'Nope' on entity 'Account'."],
  ['SELECT Id FROM', 'unexpected token'],
];

test.each(refused)('%s makes no job', async (query, message) => {
  const body = { operation: 'query', query };
  const reply = await org.call('/jobs/query', { method: 'POST', user: 'admin', body });
  expect(reply).toMatchObject({ status: 400, body: [{ errorCode: 'API_ERROR' }] });
  expect(JSON.stringify(reply.body)).toContain(message);
});

test('results are there when the job is complete, and in its version only', async () => {
  await org.control('PUT', '/settings', { bulkStateMs: 60_000 });
  const body = { operation: 'query', query: 'SELECT Id FROM Account' };
  const created = await org.call('/jobs/query', { method: 'POST', user: 'admin', body });
  const { id } = created.body as { id: string };
  expect(await results(id)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALIDJOBSTATE' }] });
  const abort = { method: 'PATCH', user: 'admin', body: { state: 'Aborted' } } as const;
  expect(await org.call(`/jobs/query/${id}`, abort)).toMatchObject({
    status: 200,
    body: { state: 'Aborted' },
  });
  expect((await org.call(`/jobs/query/${id}`, { method: 'DELETE', user: 'admin' })).status).toBe(204);
  await org.control('PUT', '/settings', { bulkStateMs: 0 });
  const other = await bulkQuery(org, 'SELECT Id FROM Account');
  expect((await results(other, '', 'v60.0')).status).toBe(409);
});

test('query jobs are counted, and beyond the daily number there is none', async () => {
  await org.control('PUT', '/settings', { dailyBulkV2QueryJobs: 1 });
  await bulkQuery(org, 'SELECT Id FROM Account');
  expect((await org.call('/limits')).body).toMatchObject({ DailyBulkV2QueryJobs: { Max: 1, Remaining: 0 } });
  const body = { operation: 'query', query: 'SELECT Id FROM Account' };
  expect(await org.call('/jobs/query', { method: 'POST', user: 'admin', body })).toMatchObject({
    status: 400,
    body: [
      { errorCode: 'LIMIT_EXCEEDED', message: 'Max bulk v2 query jobs (1) per 24 hrs has been reached (2)' },
    ],
  });
});
