import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());

test('versions are listed without a session', async () => {
  const list = (await (await fetch(`${org.simulator.url}/services/data/`)).json()) as object[];
  expect(list.at(-1)).toEqual({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
});

test.each([
  ['v51.0', 200],
  ['v68.0', 200],
  ['v30.0', 410],
  ['v69.0', 404],
  ['latest', 404],
])('version %s answers %d', async (version, status) => {
  expect((await org.call('/limits', { version })).status).toBe(status);
});

test('unknown paths and objects are not found, in the words of the platform', async () => {
  for (const path of ['/nothing', '/sobjects/Nothing/describe', '/composite/nothing']) {
    expect(await org.call(path)).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    });
  }
});

test('a method that a resource does not have names those that it has', async () => {
  const reply = await org.call('/composite/sobjects/Account/upflow__Customer_Id__c');
  expect(reply).toMatchObject({
    status: 405,
    body: [{ errorCode: 'METHOD_NOT_ALLOWED', message: "HTTP Method 'GET' not allowed. Allowed are PATCH" }],
  });
});

test('answers carry the headers of the platform and are compressed when they are long', async () => {
  const reply = await org.call('/sobjects/Account/describe');
  expect(reply.headers.get('content-encoding')).toBe('gzip');
  expect(reply.headers.get('content-type')).toBe('application/json;charset=UTF-8');
  expect(reply.headers.get('cache-control')).toBe('no-cache,must-revalidate,max-age=0,no-store,private');
  expect(reply.headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/100000$/);
});

test('pretty printing has the spaces and the lines of the platform', async () => {
  const { accessToken } = org.simulator.org.openSession();
  const headers = { authorization: `Bearer ${accessToken}`, 'X-PrettyPrint': '1' };
  const text = await (await fetch(`${org.simulator.url}/services/data/v66.0/nothing`, { headers })).text();
  expect(text).toBe(
    '[ {\n  "errorCode" : "NOT_FOUND",\n  "message" : "The requested resource does not exist"\n} ]',
  );
  const count = `${org.simulator.url}/services/data/v66.0/limits/recordCount?sObjects=`;
  expect(await (await fetch(`${count}Lead`, { headers })).text()).toBe('{\n  "sObjects" : [ ]\n}');
  expect(await (await fetch(`${count}Account`, { headers })).text()).toBe(
    '{\n  "sObjects" : [ {\n    "count" : 27,\n    "name" : "Account"\n  } ]\n}',
  );
});

test('addresses and headers above 16,384 bytes are refused', async () => {
  const long = 'x'.repeat(16_400);
  expect((await org.call(`/query?q=${long}`)).status).toBe(414);
  expect((await org.call('/limits', { headers: { 'x-long': long } })).status).toBe(431);
});

test('record counts leave out objects without records', async () => {
  const reply = await org.call('/limits/recordCount?sObjects=Account,Contact,Nothing');
  expect(reply.body).toMatchObject({ sObjects: [{ count: 27, name: 'Account' }, { name: 'Contact' }] });
});

test('calls take as long as the settings say, and rows add to it', async () => {
  const ids = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
  await org.control('PUT', '/settings', { latencyMs: 20, perRowMs: 20 });
  const records = ids.map((id) => ({ attributes: { type: 'Account' }, id }));
  const start = performance.now();
  await org.call('/composite/sobjects', { method: 'PATCH', body: { records } });
  expect(performance.now() - start).toBeGreaterThan(55);
});
