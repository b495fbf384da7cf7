import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openSimulator, type Request, type TestOrg } from './open-simulator.ts';

/** The behaviours of Salesforce that surprise its clients most, one test each. */

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const KEY = 'ERP_Code__c';
const account = (record: object) => ({ attributes: { type: 'Account' }, ...record });
const asAdmin = (method: string, body?: unknown): Request => ({ method, user: 'admin', body });
const save = (records: object[], allOrNone = false) =>
  org.call('/composite/sobjects', asAdmin('PATCH', { allOrNone, records: records.map(account) }));
const upsertRows = (records: object[], allOrNone = false) =>
  org.call(
    `/composite/sobjects/Account/${KEY}`,
    asAdmin('PATCH', { allOrNone, records: records.map(account) }),
  );
const readAccount = async (id: string) =>
  (await org.call(`/sobjects/Account/${id}`, { user: 'admin' })).body as Record<string, unknown>;

test('a collection answers 200 with errors row by row: statusCode, no id, and created on failed new rows', async () => {
  const reply = await upsertRows([
    { [KEY]: 'C-1', Name: 'Good' },
    { [KEY]: 'C-2', Name: 'x'.repeat(256) },
  ]);
  expect(reply.status).toBe(200);
  expect(reply.body).toEqual([
    { id: expect.any(String), success: true, errors: [], created: true },
    {
      success: false,
      errors: [{ statusCode: 'STRING_TOO_LONG', message: expect.any(String), fields: ['Name'] }],
      created: true,
    },
  ]);
});

test('an upsert answers 201, then 200 or 204 by version, and 300 with addresses for several records', async () => {
  const upsert = (version: string, path = `${KEY}/C-1`) =>
    org.call(`/sobjects/Account/${path}`, { ...asAdmin('PATCH', { Name: 'A' }), version });
  const created = await upsert('v66.0');
  expect([created.status, created.body]).toMatchObject([201, { created: true, success: true }]);
  const updated = await upsert('v46.0');
  expect([updated.status, updated.body]).toMatchObject([200, { created: false, success: true }]);
  expect([(await upsert('v45.0')).status, (await upsert('v45.0')).body]).toEqual([204, '']);
  const ids = await org.seed([
    { Name: 'B', [KEY]: 'same' },
    { Name: 'C', [KEY]: 'same' },
  ]);
  const several = await upsert('v66.0', `${KEY}/same`);
  expect([several.status, several.body]).toEqual([
    300,
    ids.map((id) => `/services/data/v66.0/sobjects/Account/${id}`),
  ]);
});

test('an external id that comes twice in one request fails all of its rows', async () => {
  const reply = await upsertRows([
    { [KEY]: 'C-1', Name: 'A' },
    { [KEY]: 'C-2', Name: 'B' },
    { [KEY]: 'C-1', Name: 'C' },
  ]);
  const twice = { statusCode: 'DUPLICATE_VALUE', message: 'Duplicate external id specified: C-1' };
  expect(reply.body).toMatchObject([
    { success: false, errors: [twice] },
    { success: true },
    { success: false, errors: [twice] },
  ]);
});

test('a collection that allOrNone rolls back answers 200: the culprit keeps its error, the others have their own', async () => {
  const [first = '', second = ''] = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
  const reply = await save(
    [
      { id: first, Phone: '1' },
      { id: second, Name: 'x'.repeat(256) },
    ],
    true,
  );
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject([
    { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
    { success: false, errors: [{ statusCode: 'STRING_TOO_LONG' }] },
  ]);
  expect(await readAccount(first)).toMatchObject({ Phone: null });
});

test('pages can be shorter than asked, a locator is a cursor and an offset, and recordCount is an estimate', async () => {
  await org.control('PUT', '/settings', { queryPageSize: 7, recordCounts: { Account: 3 } });
  const page = await org.call('/query?q=SELECT+Id+FROM+Account', {
    user: 'admin',
    headers: { 'Sforce-Query-Options': 'batchSize=2000' },
  });
  const { totalSize, records, nextRecordsUrl } = page.body as {
    totalSize: number;
    records: unknown[];
    nextRecordsUrl: string;
  };
  expect(records).toHaveLength(7);
  expect(nextRecordsUrl).toMatch(/^\/services\/data\/v66\.0\/query\/01g\w{15}-7$/);
  const counted = await org.call('/limits/recordCount?sObjects=Account', { user: 'admin' });
  expect(totalSize).not.toBe(3);
  expect(counted.body).toEqual({ sObjects: [{ count: 3, name: 'Account' }] });
});

test('OAuth errors are objects, data errors lists; tokens name no end, and refusals no time to try again', async () => {
  const { simulator } = org;
  const token = async (form: Record<string, string>) => {
    const reply = await fetch(`${simulator.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return { status: reply.status, body: (await reply.json()) as object };
  };
  expect(await token({ grant_type: 'nothing' })).toMatchObject({
    status: 400,
    body: { error: expect.any(String), error_description: expect.any(String) },
  });
  const { clientId: client_id, clientSecret: client_secret } = simulator;
  const granted = await token({ grant_type: 'client_credentials', client_id, client_secret });
  expect(granted.body).toHaveProperty('access_token');
  expect(granted.body).not.toHaveProperty('expires_in');
  await org.control('PUT', '/settings', { dailyApiRequests: 0 });
  const refused = await org.call('/limits');
  expect(refused.body).toEqual([{ message: expect.any(String), errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
  expect(refused.headers.get('retry-after')).toBeNull();
});

test('a field that security hides is not there at all, and one that it protects cannot be written', async () => {
  const field = 'upflow__Due_Amount__c';
  const [id = ''] = await org.seed([{ Name: 'A' }]);
  const fields = async () => {
    const { body } = await org.call('/sobjects/Account/describe', { user: 'rep' });
    return (body as { fields: { name: string }[] }).fields.map(({ name }) => name);
  };
  const write = () =>
    org.call(`/sobjects/Account/${id}`, { method: 'PATCH', user: 'rep', body: { [field]: 1 } });
  expect(await fields()).toContain(field);
  expect(await write()).toMatchObject({
    status: 400,
    body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: [field] }],
  });
  await org.control('PUT', '/settings', { permissionSets: { rep: [] } });
  expect(await fields()).not.toContain(field);
  expect(await write()).toMatchObject({
    status: 400,
    body: [{ errorCode: 'INVALID_FIELD', message: `No such column '${field}' on sobject of type Account` }],
  });
});

test('an Account has an ETag, and a write that names an older one is refused with 412', async () => {
  const [id = ''] = await org.seed([{ Name: 'A' }]);
  const write = (phone: string, etag: string) =>
    org.call(`/sobjects/Account/${id}`, {
      ...asAdmin('PATCH', { Phone: phone }),
      headers: { 'If-Match': etag },
    });
  const etag = (await org.call(`/sobjects/Account/${id}`, { user: 'admin' })).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"\w+-gzip"$/);
  expect([(await write('1', etag)).status, (await write('2', etag)).status]).toEqual([204, 412]);
  expect(await readAccount(id)).toMatchObject({ Phone: '1' });
});

test('names of fields and 18-character ids are read in any case, and messages name labels', async () => {
  const [id = ''] = await org.seed([{ Name: 'A' }]);
  const reply = await save([{ ID: id.toLowerCase(), pHONE: '1' }]);
  expect(reply.body).toEqual([{ id, success: true, errors: [] }]);
  expect(await readAccount(id)).toMatchObject({ Phone: '1' });
  const refused = await save([{ id, Phone: '1'.repeat(41) }]);
  const message = `Account Phone: data value too large: ${'1'.repeat(41)} (max length=40)`;
  expect(refused.body).toMatchObject([{ errors: [{ message }] }]);
});

test('null clears a field, and a field that is not named stays as it is', async () => {
  const [id = ''] = await org.seed([{ Name: 'A', Phone: '1', Website: 'example.com' }]);
  await save([{ id, Phone: null }]);
  expect(await readAccount(id)).toMatchObject({ Phone: null, Website: 'example.com' });
});

test('during maintenance reads go on, and every write is refused', async () => {
  const [id = ''] = await org.seed([{ Name: 'A' }]);
  await org.control('PUT', '/settings', { maintenance: true });
  const errorCode = 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE';
  const writes = [
    org.call(`/sobjects/Account/${id}`, asAdmin('PATCH', { Phone: '1' })),
    org.call('/sobjects/Account', asAdmin('POST', { Name: 'B' })),
    org.call(`/sobjects/Account/${id}`, asAdmin('DELETE')),
  ];
  for (const write of writes) expect(await write).toMatchObject({ status: 400, body: [{ errorCode }] });
  expect((await save([{ id, Phone: '1' }])).body).toMatchObject([{ errors: [{ statusCode: errorCode }] }]);
  expect(await readAccount(id)).toMatchObject({ Name: 'A', Phone: null });
  expect((await org.call('/query?q=SELECT+Id+FROM+Account')).status).toBe(200);
});
