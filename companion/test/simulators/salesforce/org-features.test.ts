import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Reply, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

interface Described {
  fields: (Record<string, unknown> & { name: string })[];
  recordTypeInfos: Record<string, unknown>[];
}

async function describeObject(name: string, version = 'v66.0'): Promise<Described> {
  return (await org.call(`/sobjects/${name}/describe`, { user: 'admin', version })).body as Described;
}

async function fieldNames(object = 'Account'): Promise<string[]> {
  return (await describeObject(object)).fields.map(({ name }) => name);
}

const personFields = [
  'IsPersonAccount',
  'PersonContactId',
  'PersonEmail',
  'FirstName',
  'LastName',
  'Language__pc',
];

describe('person accounts', () => {
  test('bring the fields of the person, and of its custom ones, to Account', async () => {
    expect((await fieldNames()).filter((name) => personFields.includes(name))).toEqual([]);
    await org.control('PUT', '/settings', { personAccounts: true });
    expect((await fieldNames()).filter((name) => personFields.includes(name)).sort()).toEqual(
      personFields.sort(),
    );
    expect(await fieldNames('Contact')).toContain('IsPersonAccount');
  });

  test('make the name of Account one that may be blank', async () => {
    const name = async (): Promise<unknown> =>
      (await describeObject('Account')).fields.find((field) => field.name === 'Name')?.nillable;
    expect(await name()).toBe(false);
    await org.control('PUT', '/settings', { personAccounts: true });
    expect(await name()).toBe(true);
  });

  test('come with two record types of the same developer name', async () => {
    await org.control('PUT', '/settings', { personAccounts: true });
    const { recordTypeInfos } = await describeObject('Account');
    expect(recordTypeInfos.map(({ developerName, name }) => [developerName, name])).toEqual([
      ['Business_Account', 'Business Account'],
      ['PersonAccount', 'Person Account'],
      ['PersonAccount', 'PersonAccount'],
      ['Master', 'Master'],
    ]);
    expect(await org.rows('SELECT Id FROM RecordType WHERE IsPersonType = true')).toHaveLength(2);
  });
});

describe('record types', () => {
  const recordTypes = [
    { object: 'Account', developerName: 'Reseller', name: 'Reseller' },
    { object: 'Account', developerName: 'End_Customer', name: 'End Customer' },
    { object: 'Account', developerName: 'Old', name: 'Old', active: false },
  ];

  test('bring the field to the object, and the first of them is the default', async () => {
    expect(await fieldNames()).not.toContain('RecordTypeId');
    await org.control('PUT', '/settings', { recordTypes });
    expect(await fieldNames()).toContain('RecordTypeId');
    expect(await fieldNames('Contact')).not.toContain('RecordTypeId');
    const { recordTypeInfos } = await describeObject('Account');
    expect(
      recordTypeInfos.map((info) => [info.developerName, info.active, info.defaultRecordTypeMapping]),
    ).toEqual([
      ['End_Customer', true, false],
      ['Old', false, false],
      ['Reseller', true, true],
      ['Master', true, false],
    ]);
    const [row] = await org.rows("SELECT Id FROM RecordType WHERE DeveloperName = 'Reseller'");
    expect(row?.Id).toMatch(/^012/);
  });

  test('keep their ids when another setting changes', async () => {
    await org.control('PUT', '/settings', { recordTypes });
    const before = await org.rows('SELECT Id FROM RecordType');
    await org.control('PUT', '/settings', { latencyMs: 0 });
    expect(await org.rows('SELECT Id FROM RecordType')).toEqual(before);
  });
});

test('dated rates exist only with several currencies and advanced currency management', async () => {
  const describe = (): Promise<Reply> =>
    org.call('/sobjects/DatedConversionRate/describe', { user: 'admin' });
  await org.control('PUT', '/settings', { advancedCurrency: true });
  expect((await describe()).status).toBe(404);
  await org.control('PUT', '/settings', { multiCurrency: true });
  expect((await describe()).status).toBe(200);
  const soql = "SELECT ConversionRate FROM DatedConversionRate WHERE IsoCode = 'EUR' ORDER BY StartDate DESC";
  expect(await org.rows(soql)).toMatchObject([{ ConversionRate: 0.92 }, { ConversionRate: 0.966 }]);
});

test('an old version knows neither associates nor the option of a describe', async () => {
  const old = Object.keys(await describeObject('Account', 'v48.0'));
  const recent = Object.keys(await describeObject('Account'));
  expect(recent.filter((key) => !old.includes(key))).toEqual([
    'associateEntityType',
    'associateParentEntity',
    'sobjectDescribeOption',
  ]);
});

test('a describe is known by its tag until the schema changes', async () => {
  const first = await org.call('/sobjects/Account/describe', { user: 'admin' });
  const headers = { 'If-None-Match': first.headers.get('etag') ?? '' };
  const again = await org.call('/sobjects/Account/describe', { user: 'admin', headers });
  expect([again.status, again.headers.get('etag')]).toEqual([304, first.headers.get('etag')]);
  await org.control('PUT', '/settings', { personAccounts: true });
  expect((await org.call('/sobjects/Account/describe', { user: 'admin', headers })).status).toBe(200);
});

describe('limits', () => {
  test('are all those of a real org, and the API calls among them move', async () => {
    const limits = async (): Promise<Record<string, { Max: number; Remaining: number }>> =>
      (await org.call('/limits')).body as Record<string, { Max: number; Remaining: number }>;
    const first = await limits();
    expect(Object.keys(first).length).toBeGreaterThanOrEqual(52);
    const remaining = first.DailyApiRequests?.Remaining ?? 0;
    expect((await limits()).DailyApiRequests).toEqual({ Max: 100_000, Remaining: remaining - 1 });
  });

  test('recordCount is an estimate that can be wrong', async () => {
    await org.control('PUT', '/settings', { recordCounts: { Account: 1, Contact: 0 } });
    expect((await org.call('/limits/recordCount?sObjects=Account,Contact')).body).toEqual({
      sObjects: [{ count: 1, name: 'Account' }],
    });
  });
});

describe('an Opportunity', () => {
  test('has what follows from its stage, its amount and its close date', async () => {
    const body = { Name: 'O', StageName: 'Needs Analysis', Amount: 1000, CloseDate: '2026-11-30' };
    const created = await org.call('/sobjects/Opportunity', { method: 'POST', user: 'admin', body });
    const path = `/sobjects/Opportunity/${(created.body as { id: string }).id}`;
    expect((await org.call(path, { user: 'admin' })).body).toMatchObject({
      Probability: 20,
      ExpectedRevenue: 200,
      IsClosed: false,
      ForecastCategoryName: 'Pipeline',
      Fiscal: '2026 4',
    });
    await org.call(path, { method: 'PATCH', user: 'admin', body: { StageName: 'Closed Won' } });
    expect((await org.call(path, { user: 'admin' })).body).toMatchObject({
      Probability: 100,
      IsWon: true,
      ForecastCategory: 'Closed',
    });
  });

  test('is a child of its Account, as the Contacts are', async () => {
    const reply = await org.call('/sobjects/Account/describe', { user: 'admin' });
    const { childRelationships } = reply.body as {
      childRelationships: { relationshipName: string | null }[];
    };
    const names = childRelationships.map(({ relationshipName }) => relationshipName);
    expect(names).toEqual(expect.arrayContaining(['ChildAccounts', 'Contacts', 'Opportunities']));
  });
});

test('an object of the admin counts its records by itself', async () => {
  const reply = await org.call('/sobjects/BigTable__c', { method: 'POST', user: 'admin', body: {} });
  expect(reply.status).toBe(201);
  expect(await org.rows('SELECT Name FROM BigTable__c')).toMatchObject([{ Name: 'BT-00000001' }]);
});
