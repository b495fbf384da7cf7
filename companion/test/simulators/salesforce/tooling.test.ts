import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Reply, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const text = { label: 'External Key', type: 'Text', length: 64, externalId: true, unique: true };

function create(
  fullName: string,
  metadata: Record<string, unknown> = text,
  user: 'admin' | 'rep' | 'integration' = 'admin',
): Promise<Reply> {
  const body = { FullName: fullName, Metadata: metadata };
  return org.call('/tooling/sobjects/CustomField', { method: 'POST', user, body });
}

async function createField(fullName: string, metadata?: Record<string, unknown>): Promise<string> {
  const reply = await create(fullName, metadata);
  if (reply.status !== 201) throw new Error(JSON.stringify(reply.body));
  return (reply.body as { id: string }).id;
}

async function grantToAdmin(field: string): Promise<string> {
  const [set] = await org.rows("SELECT Id FROM PermissionSet WHERE Profile.Name = 'System Administrator'");
  const body = {
    ParentId: set?.Id,
    SobjectType: field.split('.')[0],
    Field: field,
    PermissionsRead: true,
    PermissionsEdit: true,
  };
  const reply = await org.call('/sobjects/FieldPermissions', { method: 'POST', user: 'admin', body });
  if (reply.status !== 201) throw new Error(JSON.stringify(reply.body));
  return (reply.body as { id: string }).id;
}

async function describeField(name: string): Promise<Record<string, unknown> | undefined> {
  const reply = await org.call('/sobjects/Account/describe', { user: 'admin' });
  return (reply.body as { fields: Record<string, unknown>[] }).fields.find((field) => field.name === name);
}

function writeAccount(values: Record<string, unknown>): Promise<Reply> {
  return org.call('/sobjects/Account', { method: 'POST', user: 'admin', body: { Name: 'A', ...values } });
}

describe('a custom field', () => {
  test('is made with an answer that also has room for warnings', async () => {
    expect(await create('Account.Key__c')).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^00N/), success: true, errors: [], warnings: [], infos: [] },
    });
  });

  test('does not exist for anybody, its maker included, until field-level security shows it', async () => {
    await createField('Account.Key__c');
    expect(await describeField('Key__c')).toBeUndefined();
    expect(await writeAccount({ Key__c: 'K1' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'Key__c' on sobject of type Account" }],
    });
    const permissionId = await grantToAdmin('Account.Key__c');
    expect(await describeField('Key__c')).toMatchObject({ type: 'string', length: 64, byteLength: 192 });
    expect((await writeAccount({ Key__c: 'K1' })).status).toBe(201);
    await org.call(`/sobjects/FieldPermissions/${permissionId}`, { method: 'DELETE', user: 'admin' });
    expect(await describeField('Key__c')).toBeUndefined();
  });

  test('can be an external id at once, and is unique where it says so', async () => {
    await createField('Account.Key__c');
    await grantToAdmin('Account.Key__c');
    const upsert = { method: 'PATCH', user: 'admin', body: { Name: 'Upserted' } } as const;
    expect((await org.call('/sobjects/Account/Key__c/K-1', upsert)).status).toBe(201);
    expect((await org.call('/sobjects/Account/Key__c/k-1', upsert)).body).toMatchObject({ created: false });
    expect(await writeAccount({ Key__c: 'K-1' })).toMatchObject({ body: [{ errorCode: 'DUPLICATE_VALUE' }] });
  });

  test('that is deleted is gone from describe, from writes, and from field-level security', async () => {
    const id = await createField('Account.Key__c');
    await grantToAdmin('Account.Key__c');
    await writeAccount({ Key__c: 'K1' });
    const path = `/tooling/sobjects/CustomField/${id}`;
    expect((await org.call(path, { method: 'DELETE', user: 'admin' })).status).toBe(204);
    expect(await describeField('Key__c')).toBeUndefined();
    expect(await writeAccount({ Key__c: 'K1' })).toMatchObject({ body: [{ errorCode: 'INVALID_FIELD' }] });
    expect(await org.rows("SELECT Id FROM FieldPermissions WHERE Field = 'Account.Key__c'")).toEqual([]);
    await createField('Account.Key__c');
    await grantToAdmin('Account.Key__c');
    expect(await org.rows('SELECT Id FROM Account WHERE Key__c != null')).toEqual([]);
  });

  test('is changed through its metadata', async () => {
    const id = await createField('Account.Key__c');
    await grantToAdmin('Account.Key__c');
    const path = `/tooling/sobjects/CustomField/${id}`;
    const body = { Metadata: { ...text, label: 'Renamed', length: 80 } };
    expect((await org.call(path, { method: 'PATCH', user: 'admin', body })).status).toBe(204);
    expect(await describeField('Key__c')).toMatchObject({ label: 'Renamed', length: 80 });
    expect((await org.call(path, { user: 'admin' })).body).toMatchObject({
      FullName: 'Account.Key__c',
      Metadata: { label: 'Renamed', length: 80, type: 'Text', formula: null },
    });
  });

  test('of the admin can be deleted as well, and one of the package cannot be touched', async () => {
    const find = async (name: string): Promise<string> => {
      const soql = `SELECT Id FROM CustomField WHERE DeveloperName = '${name}'`;
      const reply = await org.call(`/tooling/query?q=${encodeURIComponent(soql)}`, { user: 'admin' });
      return String((reply.body as { records: { Id: string }[] }).records[0]?.Id);
    };
    const remove = async (name: string): Promise<Reply> =>
      org.call(`/tooling/sobjects/CustomField/${await find(name)}`, { method: 'DELETE', user: 'admin' });
    expect((await remove('ERP_Code')).status).toBe(204);
    expect(await describeField('ERP_Code__c')).toBeUndefined();
    expect(await remove('Due_Amount')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'CANNOT_MODIFY_MANAGED_OBJECT' }],
    });
  });
});

test.each([
  [
    { type: 'Number', precision: 18, scale: 4 },
    { type: 'double', precision: 18, scale: 4, soapType: 'xsd:double' },
  ],
  [
    { type: 'Currency', precision: 16, scale: 2 },
    { type: 'currency', precision: 16, scale: 2 },
  ],
  [
    { type: 'Percent', precision: 5, scale: 2 },
    { type: 'percent', precision: 5, scale: 2 },
  ],
  [{ type: 'Date' }, { type: 'date', length: 0 }],
  [{ type: 'DateTime' }, { type: 'datetime', groupable: false }],
  [
    { type: 'Checkbox', defaultValue: true },
    { type: 'boolean', nillable: false, defaultValue: true },
  ],
  [
    { type: 'LongTextArea', length: 32_768, visibleLines: 3 },
    { type: 'textarea', filterable: false, byteLength: 98_304 },
  ],
  [
    { type: 'Html', length: 32_768, visibleLines: 25 },
    { htmlFormatted: true, extraTypeInfo: 'richtextarea' },
  ],
  [{ type: 'TextArea' }, { type: 'textarea', length: 255, filterable: true }],
  [{ type: 'Url' }, { type: 'url', length: 255 }],
  [{ type: 'Email' }, { type: 'email', length: 80, byteLength: 240 }],
  [{ type: 'Phone' }, { type: 'phone', length: 40 }],
  [
    { type: 'AutoNumber', displayFormat: 'A-{0000}' },
    { autoNumber: true, updateable: false, length: 30 },
  ],
  [
    { type: 'Text', formula: 'Name' },
    { calculated: true, length: 1300, byteLength: 3900, groupable: false },
  ],
  [
    { type: 'EncryptedText', length: 175, maskChar: 'asterisk', maskType: 'all' },
    { type: 'encryptedstring', filterable: false, maskType: 'all' },
  ],
  [
    { type: 'Lookup', referenceTo: 'Contact', relationshipName: 'Keyed' },
    { type: 'reference', referenceTo: ['Contact'], relationshipName: 'Key__r' },
  ],
  [
    {
      type: 'Picklist',
      valueSet: { restricted: true, valueSetDefinition: { value: [{ valueName: 'A', label: 'First' }] } },
    },
    { restrictedPicklist: true, picklistValues: [{ value: 'A', label: 'First' }] },
  ],
  [
    {
      type: 'MultiselectPicklist',
      visibleLines: 4,
      valueSet: { valueSetDefinition: { value: [{ valueName: 'A' }, { valueName: 'B' }] } },
    },
    { type: 'multipicklist', length: 4099, byteLength: 4099, precision: 3, sortable: false },
  ],
])('metadata %j is described as %j', async (metadata, described) => {
  await createField('Account.Key__c', { label: 'Key', ...metadata });
  await grantToAdmin('Account.Key__c');
  expect(await describeField('Key__c')).toMatchObject(described);
});

test.each([
  [
    'Account.Due__c',
    { ...text, length: undefined },
    'FIELD_INTEGRITY_EXCEPTION',
    "Must specify 'length' for a CustomField of type Text",
  ],
  [
    'Account.Due__c',
    { label: 'x', type: 'Checkbox' },
    'FIELD_INTEGRITY_EXCEPTION',
    "Must specify 'defaultValue'",
  ],
  [
    'Account.Due__c',
    { label: 'x', type: 'TextArea', length: 255 },
    'FIELD_INTEGRITY_EXCEPTION',
    "Can not specify 'length' for a CustomField of type TextArea",
  ],
  [
    'Account.Due__c',
    { type: 'Date' },
    'FIELD_INTEGRITY_EXCEPTION',
    'Must specify a non-empty label for the CustomField',
  ],
  [
    'Account.Due__c',
    { label: 'x', type: 'Long Text Area' },
    'JSON_PARSER_ERROR',
    'Cannot deserialize instance of complexvalue from VALUE_STRING value Long Text Area',
  ],
  [
    'Account.ERP_Code__c',
    text,
    'DUPLICATE_DEVELOPER_NAME',
    'There is already a field named ERP_Code on Account.',
  ],
  ['Account.Due', text, 'FIELD_INTEGRITY_EXCEPTION', 'end in __c'],
  [
    'Nothing__c.Due__c',
    text,
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'bad value for restricted picklist field: Nothing__c',
  ],
])('%s with %j is refused with %s', async (fullName, metadata, errorCode, message) => {
  expect(await create(fullName, metadata)).toMatchObject({
    status: 400,
    body: [{ errorCode, message: expect.stringContaining(message) }],
  });
});

test('only who may customize the org can make fields', async () => {
  for (const user of ['rep', 'integration'] as const) {
    expect(await create('Account.Key__c', text, user)).toMatchObject({
      status: 403,
      body: [{ errorCode: 'INSUFFICIENT_ACCESS' }],
    });
  }
});
