import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { askRaw } from './ask-raw.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());

const authorization = () => `Bearer ${org.simulator.org.openSession('admin').accessToken}`;
const address = (path: string) => `${org.simulator.url}/services/data/v66.0${path}`;

test('a compressed body is read', async () => {
  const headers = {
    authorization: authorization(),
    'content-type': 'application/json',
    'content-encoding': 'gzip',
  };
  const body = gzipSync(JSON.stringify({ Name: 'Compressed' }));
  const reply = await askRaw(address('/sobjects/Account'), { method: 'POST', headers, body });
  expect(reply.status).toBe(201);
  expect(await org.rows("SELECT Name FROM Account WHERE Name = 'Compressed'")).toHaveLength(1);
});

test('HEAD answers the headers of GET without a body', async () => {
  const reply = await askRaw(address('/limits'), {
    method: 'HEAD',
    headers: { authorization: authorization() },
  });
  expect([reply.status, reply.headers['content-type'], reply.bytes.length]).toEqual([
    200,
    'application/json;charset=UTF-8',
    0,
  ]);
  expect(reply.headers['sforce-limit-info']).toMatch(/^api-usage=/);
});

test('a method that a resource does not have is refused with those that it has', async () => {
  const reply = await org.call('/limits', { method: 'DELETE' });
  expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'HEAD,GET']);
});

test.each(['application/x-www-form-urlencoded', 'text/plain;charset=UTF-8', 'application/xml'])(
  'a body of type %s is refused',
  async (type) => {
    const reply = await org.call('/sobjects/Account', {
      method: 'POST',
      user: 'admin',
      body: { Name: 'A' },
      headers: { 'content-type': type },
    });
    const name = type.replace(/;.*/, '');
    expect(reply).toMatchObject({
      status: 415,
      body: [
        {
          errorCode: 'UNSUPPORTED_MEDIA_TYPE',
          message: `MediaType of '${name}' is not supported by this resource`,
        },
      ],
    });
  },
);

test('JSON is accepted with and without a charset', async () => {
  for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON']) {
    const reply = await org.call('/sobjects/Account', {
      method: 'POST',
      user: 'admin',
      body: { Name: 'A' },
      headers: { 'content-type': type },
    });
    expect(reply.status).toBe(201);
  }
});

test('whoever takes nothing but XML is told that there is none', async () => {
  expect((await org.call('/limits', { headers: { accept: 'application/xml' } })).status).toBe(406);
  expect((await org.call('/limits', { headers: { accept: 'application/xml, */*' } })).status).toBe(200);
});

test('an address may end with its format, unless that is the value of an external id', async () => {
  expect((await org.call('/limits.json')).status).toBe(200);
  expect((await org.call('/sobjects/Account/describe.json')).status).toBe(200);
  await org.seed([{ Name: 'A', Customer_Id__c: 'file.json' }]);
  const kept = await org.call('/sobjects/Account/upflow__Customer_Id__c/file.json', { user: 'admin' });
  expect(kept.body).toMatchObject({ Name: 'A' });
});

test('headers of options that change nothing here are accepted', async () => {
  const reply = await org.call('/limits', {
    headers: {
      'Sforce-Call-Options': 'client=SampleClient, defaultNamespace=upflow',
      'Sforce-Mru': 'updateMru=true',
      'Sforce-Auto-Assign': 'FALSE',
      'x-sfdc-packageversion-upflow': '1.0',
    },
  });
  expect(reply.status).toBe(200);
});

test('a deprecated version warns, once versions are set to be deprecated', async () => {
  const warning = async (version: string) => (await org.call('/limits', { version })).headers.get('warning');
  expect(await warning('v40.0')).toBeNull();
  await org.control('PUT', '/settings', { deprecatedUpToVersion: 40 });
  expect(await warning('v40.0')).toMatch(/^299 - "/);
  expect(await warning('v41.0')).toBeNull();
});

const brokenBodies: [body: string, says: string][] = [
  ['', 'The HTTP entity body is required, but this request has no entity body.'],
  ['{"Name": "A"', '[line:1, column:13]'],
  ['{\n  "Name": nope }', "('o' (code 111)): expected a valid value at [line:2, column:12]"],
  ['{"Name": "A",}', '[line:1, column:14]'],
  ['5', '[line:1, column:1]'],
];

test.each(brokenBodies)('the body %j is refused with its position', async (body, says) => {
  const reply = await org.call('/sobjects/Account', { method: 'POST', user: 'admin', body });
  expect(reply).toMatchObject({ status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR' }] });
  expect((reply.body as { message: string }[])[0]?.message).toContain(says);
});

test('an unknown control call is not found, as JSON', async () => {
  expect(await org.control('GET', '/nothing')).toMatchObject({
    status: 404,
    body: { error: 'The simulator has no control GET /_simulator/nothing.' },
  });
});
