import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';
import { sampleCompanies } from '../../../simulators/sample-companies.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

test('a session fits any Salesforce client', async () => {
  const { body } = await org.control('POST', '/sessions', { user: 'rep' });
  expect(body).toMatchObject({
    instanceUrl: org.simulator.url,
    organizationId: org.simulator.organizationId,
    userId: org.simulator.org.users.rep.id,
    username: org.simulator.org.users.rep.username,
  });
  expect((await org.control('POST', '/sessions')).body).toMatchObject({
    userId: org.simulator.org.users.integration.id,
  });
});

test('the sample organization has an Account for every sample company', async () => {
  const rows = await org.rows(
    'SELECT Name, AccountNumber, upflow__Shared_Identifier__c FROM Account ORDER BY CreatedDate',
  );
  expect(rows.map((row) => [row.Name, row.upflow__Shared_Identifier__c])).toEqual(
    sampleCompanies.map((company) => [company.name, company.sharedIdentifier]),
  );
  expect(rows[0]?.AccountNumber).toBe('CRM-10431');
});

test('seeded Accounts have an identifier each, and field names may leave the namespace out', async () => {
  const { body } = await org.control('POST', '/accounts', { count: 3 });
  expect((body as { created: string[] }).created).toHaveLength(3);
  await org.seed([{ Name: 'Own', Shared_Identifier__c: 'X-1', upflow__Due_Amount__c: 5 }]);
  const rows = await org.rows("SELECT upflow__Shared_Identifier__c FROM Account WHERE Name LIKE 'Seeded%'");
  expect(rows.map((row) => row.upflow__Shared_Identifier__c)).toEqual(['C-000001', 'C-000002', 'C-000003']);
  expect(await org.rows("SELECT upflow__Due_Amount__c FROM Account WHERE Name = 'Own'")).toMatchObject([
    { upflow__Due_Amount__c: 5 },
  ]);
});

test('a reset brings the sample organization back, with the same ids, and keeps sessions', async () => {
  const before = await org.rows('SELECT Id FROM Account');
  await org.control('POST', '/accounts', { count: 5 });
  await org.control('PUT', '/settings', { latencyMs: 1 });
  await org.control('PUT', '/faults', [{ fault: 'reset' }]);
  await org.control('POST', '/reset');
  expect(await org.rows('SELECT Id FROM Account')).toEqual(before);
  expect((await org.control('GET', '/settings')).body).toMatchObject({ latencyMs: 0 });
  expect((await org.control('GET', '/faults')).body).toEqual([]);
});

test('statistics count API calls by resource, and neither control, sign-in nor page calls', async () => {
  const [row] = await org.rows('SELECT Id FROM Account LIMIT 1');
  const id = String(row?.Id);
  await org.call(`/sobjects/Account/${id}`);
  await org.call(`/ui-api/records/${id}?fields=Account.Name`);
  await fetch(`${org.simulator.url}/services/oauth2/token`, { method: 'POST' });
  expect((await org.control('GET', '/stats')).body).toEqual({
    apiCalls: 2,
    byResource: { 'GET /query': 1, 'GET /sobjects/Account/:id': 1 },
    rowsWritten: 0,
    rowsFailed: 0,
  });
});

test('once the daily calls are spent every call is refused', async () => {
  await org.control('PUT', '/settings', { dailyApiRequests: 1 });
  const first = await org.call('/limits');
  expect(first.headers.get('sforce-limit-info')).toBe('api-usage=1/1');
  expect(first.body).toMatchObject({ DailyApiRequests: { Max: 1, Remaining: 0 } });
  expect(await org.call('/limits')).toMatchObject({
    status: 403,
    body: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
  });
});

const mistakes: [method: string, path: string, body: unknown, says: string][] = [
  ['PUT', '/settings', { speed: 1 }, 'The settings are: latencyMs, perRowMs'],
  ['PUT', '/settings', { latencyMs: 'fast' }, 'latencyMs: '],
  ['PUT', '/settings', { permissionSets: { rep: ['Nobody'] } }, 'The package has: Upflow_Admin'],
  ['PUT', '/faults', [{ fault: 'explode' }], '0.fault: '],
  ['PUT', '/faults', [{ fault: 'delay' }], '0.ms: '],
  ['PUT', '/faults', { fault: 'reset' }, 'array'],
  ['POST', '/sessions', { user: 'nobody' }, 'user: '],
  ['POST', '/accounts', { count: 0 }, 'count'],
  ['POST', '/accounts', { records: [{ Nope: 1 }] }, 'Account has no field Nope.'],
  ['POST', '/accounts', { count: 'many' }, 'either count, a whole number, or records'],
  ['POST', '/accounts', { records: [{ Id: '001000000000000AAA' }] }, 'Id is given by the platform.'],
  ['POST', '/accounts', { records: [{ OwnerId: 'nobody' }] }, 'MALFORMED_ID: '],
  ['POST', '/accounts', { records: [{ ParentId: '001000000000000AAA' }] }, 'INVALID_CROSS_REFERENCE_KEY: '],
  ['POST', '/accounts', { records: [{ Name: 'x'.repeat(256) }] }, 'STRING_TOO_LONG: '],
  ['POST', '/accounts', { records: [{ AnnualRevenue: 1e300 }] }, 'NUMBER_OUTSIDE_VALID_RANGE: '],
  ['PUT', '/settings', { latencyMs: 1e300 }, 'latencyMs: '],
  ['PUT', '/settings', { bulkStateMs: 2 ** 31 }, 'bulkStateMs: '],
  ['PUT', '/settings', { sessionMinutes: 1e300 }, 'sessionMinutes: '],
  ['PUT', '/settings', { sharing: { Account: 'ControlledByParent' } }, 'Account has no parent'],
  ['PUT', '/settings', { recordCounts: { Nope: 1 } }, 'recordCounts: the org has no object Nope.'],
  ['PUT', '/settings', { labels: { 'Account.Name.First': 'x' } }, 'is no field of an object'],
  [
    'PUT',
    '/settings',
    { recordTypes: [{ object: 'Nope', developerName: 'X', name: 'X' }] },
    'recordTypes.0: the org has no object Nope.',
  ],
  ['PUT', '/faults', [{ fault: 'delay', ms: 2 ** 31 }], '0.ms: '],
  ['PUT', '/faults', [{ fault: 'status', status: 503, headers: { 'a b': 'x' } }], '0.headers.a b: '],
  ['PUT', '/faults', [{ fault: 'status', status: 503, headers: { X: 'a\nb' } }], '0.headers.X: '],
  ['PUT', '/faults', [{ fault: 'redirect', location: 'a\nb' }], '0.location: '],
  ['PUT', '/clock', { advanceMs: 1e300 }, 'the clock ends with the year 9999'],
  ['POST', '/locks', { ids: ['001000000000000AAA'], ms: 1e300 }, 'ms: '],
];

test.each(mistakes)('%s %s with %j is refused with what is wrong', async (method, path, body, says) => {
  const reply = await org.control(method, path, body);
  expect(reply.status).toBe(400);
  expect((reply.body as { error: string }).error).toContain(says);
});

test('a seeded Account without a name gets one', async () => {
  const ids = await org.seed([{ Name: null }, { Name: ' ' }, {}]);
  const rows = await org.rows("SELECT Id FROM Account WHERE Name = 'Unnamed' ORDER BY Id");
  expect(rows.map(({ Id }) => Id)).toEqual(ids);
});

test('a body that cannot be read, and a call that there is not, are answered in the same form', async () => {
  const send = (type: string, body: string) =>
    fetch(`${org.simulator.url}/_simulator/settings`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body,
    });
  const broken = await send('application/json', '{');
  expect([broken.status, await broken.json()]).toEqual([
    400,
    { error: expect.stringContaining('The body is not JSON: ') },
  ]);
  const foreign = await send('application/json; charset=latin-9', '{}');
  expect([foreign.status, await foreign.json()]).toEqual([
    415,
    { error: expect.stringContaining('charset') },
  ]);
  expect(await org.control('POST', '/settings', {})).toMatchObject({
    status: 404,
    body: { error: 'The simulator has no control POST /_simulator/settings.' },
  });
});
