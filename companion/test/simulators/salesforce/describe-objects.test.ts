import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

type Field = Record<string, unknown> & { name: string };

async function describeAccount(
  user: 'integration' | 'admin' | 'rep' = 'integration',
): Promise<Map<string, Field>> {
  const reply = await org.call('/sobjects/Account/describe', { user });
  return new Map((reply.body as { fields: Field[] }).fields.map((field) => [field.name, field]));
}

test('every field of the package is on Account, under the namespace', async () => {
  const directory = new URL('../../../../force-app/main/default/objects/Account/fields', import.meta.url);
  const packaged = readdirSync(directory).map((file) => `upflow__${file.replace('.field-meta.xml', '')}`);
  const described = await describeAccount();
  expect(packaged.filter((name) => !described.has(name))).toEqual([]);
  expect(described.size).toBeGreaterThan(packaged.length + 55);
});

test('a field carries all 57 properties, those of the package as its metadata has them', async () => {
  const fields = await describeAccount();
  expect(Object.keys(fields.get('Name') ?? {})).toHaveLength(57);
  expect(fields.get('upflow__Customer_Id__c')).toMatchObject({
    type: 'string',
    length: 36,
    byteLength: 108,
    externalId: true,
    idLookup: true,
    unique: true,
    updateable: true,
    createable: false,
  });
  expect(fields.get('upflow__Average_Payment_Delay__c')).toMatchObject({
    type: 'double',
    precision: 6,
    scale: 1,
  });
  expect(fields.get('upflow__Portal_Link__c')).toMatchObject({
    type: 'textarea',
    length: 2000,
    filterable: false,
  });
  expect(fields.get('upflow__Payer_Rating__c')).toMatchObject({
    restrictedPicklist: false,
    label: 'Payer Rating',
  });
  expect(fields.get('AnnualRevenue')).toMatchObject({ type: 'currency', precision: 18, scale: 0 });
  expect(fields.get('OwnerId')).toMatchObject({
    type: 'reference',
    referenceTo: ['User'],
    relationshipName: 'Owner',
  });
});

test('an object carries its 28 properties in the list, and more in its own describe', async () => {
  const list = (await org.call('/sobjects')).body as { sobjects: Record<string, unknown>[] };
  const data = list.sobjects.filter((object) => object.layoutable === true);
  expect(data.map((object) => object.name)).toEqual(['Account', 'Contact', 'User']);
  expect(Object.keys(list.sobjects[0] ?? {})).toHaveLength(28);
  const whole = (await org.call('/sobjects/Account/describe')).body as object;
  expect(Object.keys(whole)).toHaveLength(45);
  expect(whole).toMatchObject({
    keyPrefix: '001',
    recordTypeInfos: [{ recordTypeId: '012000000000000AAA' }],
  });
});

describe('field-level security', () => {
  test('makes fields absent, not empty, for a user without the permission set', async () => {
    await org.control('PUT', '/settings', { permissionSets: { rep: [] } });
    const fields = await describeAccount('rep');
    expect([...fields.keys()].filter((name) => name.startsWith('upflow__'))).toEqual([]);
    const soql = encodeURIComponent('SELECT upflow__Due_Amount__c FROM Account');
    const query = await org.call(`/query?q=${soql}`, { user: 'rep' });
    expect(query).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
  });

  test('shows a field but refuses to write it where the set only reads', async () => {
    expect((await describeAccount('rep')).get('upflow__Due_Amount__c')).toMatchObject({ updateable: false });
    const [row] = await org.rows('SELECT Id FROM Account LIMIT 1');
    const body = { upflow__Due_Amount__c: 1 };
    const reply = await org.call(`/sobjects/Account/${String(row?.Id)}`, {
      method: 'PATCH',
      user: 'rep',
      body,
    });
    expect(reply).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['upflow__Due_Amount__c'] }],
    });
  });

  test('an integration user without its permission set sees no Account at all', async () => {
    await org.control('PUT', '/settings', { permissionSets: { integration: [] } });
    expect((await org.call('/sobjects/Account/describe')).status).toBe(404);
  });
});

test('a client that has the describe is told so until a setting changes what it shows', async () => {
  const first = await org.call('/sobjects/Account/describe');
  const headers = { 'If-Modified-Since': first.headers.get('last-modified') ?? '' };
  expect((await org.call('/sobjects/Account/describe', { headers })).status).toBe(304);
  await org.control('PUT', '/settings', { multiCurrency: true });
  expect((await org.call('/sobjects/Account/describe', { headers })).status).toBe(200);
});

test('several currencies bring a field to Account and an object with the rates', async () => {
  expect((await describeAccount()).has('CurrencyIsoCode')).toBe(false);
  await org.control('PUT', '/settings', { multiCurrency: true });
  expect((await describeAccount()).get('CurrencyIsoCode')).toMatchObject({ type: 'picklist', length: 3 });
  const rates = await org.rows('SELECT IsoCode, ConversionRate FROM CurrencyType WHERE IsCorporate = true');
  expect(rates).toMatchObject([{ IsoCode: 'USD', ConversionRate: 1 }]);
  expect(await org.rows('SELECT CurrencyIsoCode FROM Account LIMIT 1')).toMatchObject([
    { CurrencyIsoCode: 'USD' },
  ]);
});
