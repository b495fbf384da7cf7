import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import jsforce from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let connection: jsforce.Connection;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  const { instanceUrl, accessToken } = org.simulator.org.openSession('admin');
  connection = new jsforce.Connection({ instanceUrl, accessToken, version: '66.0' });
});
afterAll(() => org.close());

test('jsforce describes an object, and keeps what it was told', async () => {
  const described = await connection.describe('Account');
  expect(described.fields.find((field) => field.name === 'Name')).toMatchObject({
    nameField: true,
    length: 255,
  });
  expect(await connection.sobject('Account').describe()).toMatchObject({ keyPrefix: '001' });
  const cached = await connection.describe$('Opportunity');
  expect(cached.urls.sobject).toBe('/services/data/v66.0/sobjects/Opportunity');
  expect(connection.describe$('Opportunity')).toBeDefined();
});

test('jsforce lists the objects', async () => {
  const { sobjects, maxBatchSize } = await connection.describeGlobal();
  expect(maxBatchSize).toBe(200);
  const names = sobjects.map((object) => object.name);
  expect(names).toEqual(
    expect.arrayContaining(['Account', 'BigTable__c', 'Opportunity', 'UpsertTable__c', 'User']),
  );
});

test('jsforce reads the limits', async () => {
  const limits = (await connection.limits()) as Record<string, { Max: number; Remaining: number }>;
  expect(limits.DailyApiRequests).toMatchObject({ Max: 100_000 });
});

test('jsforce lists recent records, of all objects and of one', async () => {
  const { id } = await connection.sobject('Account').create({ Name: 'Just made' });
  expect(await connection.recent()).toEqual(expect.arrayContaining([expect.objectContaining({ Id: id })]));
  expect(await connection.recent('Account', 1)).toMatchObject([{ Name: 'Just made' }]);
});

test('jsforce makes a custom field, shows it, uses it, and deletes it', async () => {
  const field = connection.tooling.sobject('CustomField');
  const Metadata = { label: 'Key', type: 'Text', length: 64, externalId: true, unique: true };
  const created = await field.create({ FullName: 'Account.Key__c', Metadata });
  expect(created).toMatchObject({ success: true, errors: [] });
  const [set] = await connection
    .sobject('PermissionSet')
    .find({ 'Profile.Name': 'System Administrator' }, ['Id']);
  const permission = await connection.sobject('FieldPermissions').create({
    ParentId: String(set?.Id),
    SobjectType: 'Account',
    Field: 'Account.Key__c',
    PermissionsRead: true,
    PermissionsEdit: true,
  });
  expect(permission.success).toBe(true);
  const upserted = await connection.sobject('Account').upsert({ Name: 'Keyed', Key__c: 'K-1' }, 'Key__c');
  expect(upserted).toMatchObject({ success: true, created: true });
  const id = String(created.id);
  expect(await field.retrieve(id)).toMatchObject({ FullName: 'Account.Key__c', Metadata: { length: 64 } });
  await field.update({ Id: id, Metadata: { ...Metadata, label: 'Other' } });
  await field.destroy(id);
  await expect(connection.sobject('Account').create({ Name: 'A', Key__c: 'K-2' })).rejects.toMatchObject({
    name: 'INVALID_FIELD',
  });
});

test('jsforce is told why a field cannot be made', async () => {
  const Metadata = { label: 'Code', type: 'Text', length: 40 };
  const create = connection.tooling
    .sobject('CustomField')
    .create({ FullName: 'Account.ERP_Code__c', Metadata });
  await expect(create).rejects.toMatchObject({ name: 'DUPLICATE_DEVELOPER_NAME' });
});

test('jsforce queries and describes through the Tooling API', async () => {
  const soql =
    "SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Account' AND DeveloperName = 'ERP_Code'";
  const result = await connection.tooling.query(soql);
  expect(result).toMatchObject({ totalSize: 1, done: true, records: [{ DeveloperName: 'ERP_Code' }] });
  const { sobjects } = await connection.tooling.describeGlobal();
  expect(sobjects.map((object) => object.name)).toContain('CustomField');
  const described = await connection.tooling.sobject('CustomField').describe();
  expect(described.fields.find((field) => field.name === 'Metadata')).toMatchObject({ type: 'complexvalue' });
});
