import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Request, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let id: string;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  [id = ''] = await org.seed([{ Name: 'Tested', ERP_Code__c: 'E/1' }]);
});
afterAll(() => org.close());

const patch = (body: unknown, rest: Request = {}) =>
  org.call(`/sobjects/Account/${id}`, { method: 'PATCH', user: 'admin', body, ...rest });
const read = async (field: string): Promise<unknown> => {
  const reply = await org.call(`/sobjects/Account/${id}?fields=${field}`, { user: 'admin' });
  return (reply.body as Record<string, unknown>)[field];
};

describe('a single Account', () => {
  test('is created with 201 and an address, changed with 204, and deleted once', async () => {
    const created = await org.call('/sobjects/Account', {
      method: 'POST',
      user: 'admin',
      body: { Name: 'New' },
    });
    const { id: newId } = created.body as { id: string };
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe(`/services/data/v66.0/sobjects/Account/${newId}`);
    expect(created.body).toEqual({ id: newId, success: true, errors: [] });
    const target = `/sobjects/Account/${newId}`;
    expect((await org.call(target, { method: 'DELETE', user: 'admin' })).status).toBe(204);
    const again = await org.call(target, { method: 'DELETE', user: 'admin' });
    expect(again).toMatchObject({ status: 404, body: [{ errorCode: 'ENTITY_IS_DELETED' }] });
  });

  test('is found by its 15-character id as well, and shows blanks as null', async () => {
    const reply = await org.call(`/sobjects/Account/${id.slice(0, 15)}?fields=Name,Phone`);
    expect(reply.body).toEqual({
      attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${id}` },
      Name: 'Tested',
      Phone: null,
    });
  });

  test('moves its stamps with every save, and shows times in the form of the platform', async () => {
    await patch({ Phone: '123' });
    expect(await read('SystemModstamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
    expect(await read('LastModifiedById')).toBe(org.simulator.org.users.admin.id);
  });

  test('a blank text and null both clear a field, and blanks around a text are not kept', async () => {
    await patch({ Phone: ' 123 ', Site: 'x' });
    expect(await read('Phone')).toBe('123');
    await patch({ Phone: '', Site: null });
    expect(await read('Phone')).toBeNull();
    expect(await read('Site')).toBeNull();
  });

  test.each([
    [1.005, 1.01],
    [-2.345, -2.35],
    [1e-9, 0],
    ['12.50', 12.5],
    [123456789012345.67, 123456789012345.67],
  ])('%p is kept as %p in a field with two decimals', async (given, kept) => {
    const amount = 'upflow__Outstanding_Amount__c';
    await patch({ [amount]: given }, { user: 'integration' });
    expect(await read(amount)).toBe(kept);
  });
});

describe('what a single Account refuses', () => {
  const cases: [what: string, body: unknown, errorCode: string, message: string][] = [
    [
      'a column that does not exist',
      { Foo: 1 },
      'INVALID_FIELD',
      "No such column 'Foo' on sobject of type Account",
    ],
    [
      'its own id in the body',
      { Id: 'x' },
      'INVALID_FIELD',
      'The Id field should not be specified in the sobject data.',
    ],
    [
      'a blank required field',
      { Name: null },
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [Name]',
    ],
    [
      'a text that is too long',
      { Site: 'y'.repeat(81) },
      'STRING_TOO_LONG',
      `Account Site: data value too large: ${'y'.repeat(81)} (max length=80)`,
    ],
    [
      'a value outside a restricted picklist',
      { Customer_Tier__c: 'Tin' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Customer Tier: bad value for restricted picklist field: Tin',
    ],
    ['an owner that is no id', { OwnerId: 'me' }, 'MALFORMED_ID', 'Owner ID: id value of incorrect type: me'],
    [
      'an owner that does not exist',
      { OwnerId: '005000000000ABCAA2' },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
    [
      'a number with too many digits',
      { Credit_Limit__c: 1e16 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Credit Limit: value outside of valid range on numeric field: 10000000000000000',
    ],
    [
      'a field that only the platform writes',
      { CreatedDate: '2026-01-01T00:00:00Z' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    ],
  ];

  test.each(cases)('%s', async (_what, body, errorCode, message) => {
    const reply = await patch(body);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject([{ errorCode, message }]);
  });

  const misfits: [field: string, value: unknown, message: string][] = [
    ['Name', 5, 'Cannot deserialize instance of string from VALUE_NUMBER_INT value 5'],
    ['AnnualRevenue', 'much', 'Cannot deserialize instance of currency from VALUE_STRING value much'],
    ['Rating', { value: 'Hot' }, 'Cannot deserialize instance of picklist from START_OBJECT value {'],
    ['OwnerId', true, 'Cannot deserialize instance of reference from VALUE_TRUE value true'],
    ['On_Credit_Hold__c', 'maybe', 'Cannot deserialize instance of boolean from VALUE_STRING value maybe'],
    [
      'upflow__Paused_Until__c',
      '2026-02-30',
      'Cannot deserialize instance of date from VALUE_STRING value 2026-02-30',
    ],
    [
      'upflow__Last_Synced__c',
      'yesterday',
      'Cannot deserialize instance of datetime from VALUE_STRING value yesterday',
    ],
  ];

  test.each(misfits)('%s with the JSON value %p', async (field, value, message) => {
    const reply = await patch({ [field]: value });
    expect(reply).toMatchObject({ status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR' }] });
    expect(JSON.stringify(reply.body)).toContain(
      `${message} or request may be missing a required field at [line:1, column:`,
    );
  });

  test('a list where a text is expected, in fewer words', async () => {
    const reply = await patch({ Rating: ['Hot', 'Cold'] });
    const message = 'Cannot deserialize instance of picklist from START_ARRAY value [line:1, column:11]';
    expect(reply.body).toEqual([{ message, errorCode: 'JSON_PARSER_ERROR' }]);
  });

  test('a list of records', async () => {
    const reply = await patch([{ Name: 'One' }]);
    const message = expect.stringMatching(/^Json Deserialization failed on token 'null' and has left off/);
    expect(reply).toMatchObject({ status: 400, body: [{ message, errorCode: 'INVALID_FIELD' }] });
  });

  test('a body that is no JSON, saying where', async () => {
    const reply = await patch('{"Name": nope}');
    expect(reply.body).toMatchObject([
      { errorCode: 'JSON_PARSER_ERROR', message: expect.stringContaining('[line:1, column:') },
    ]);
  });

  test('a value that is unique and taken, naming the record that holds it', async () => {
    const [other = ''] = await org.seed([{ Name: 'Other', Customer_Id__c: 'c-1' }]);
    const reply = await patch({ upflow__Customer_Id__c: 'C-1' }, { user: 'integration' });
    const message = `duplicate value found: upflow__Customer_Id__c duplicates value on record with id: ${other.slice(0, 15)}`;
    expect(reply).toMatchObject({
      status: 400,
      body: [{ errorCode: 'DUPLICATE_VALUE', message, fields: [] }],
    });
  });

  test('what the rules of the admin forbid, all of them at once', async () => {
    const rule = { field: 'Name', whenStartsWith: 'Bad', message: 'Not a good name.' };
    const validationRules = [
      { name: 'Good_Name', ...rule, errorField: 'Name' },
      { name: 'Better_Name', ...rule, message: 'Choose another.' },
    ];
    await org.control('PUT', '/settings', { validationRules });
    const reply = await patch({ Name: 'Bad Company' });
    expect(reply.body).toEqual([
      { message: 'Not a good name.', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['Name'] },
      { message: 'Choose another.', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: [] },
    ]);
  });
});

describe('a conditional request', () => {
  test('is refused with 412 when somebody else wrote in between', async () => {
    const first = await org.call(`/sobjects/Account/${id}`);
    const ifMatch = { 'If-Match': first.headers.get('etag') ?? '' };
    expect((await patch({ Phone: '1' }, { headers: ifMatch })).status).toBe(204);
    expect((await patch({ Phone: '2' }, { headers: ifMatch })).status).toBe(412);
    expect(await read('Phone')).toBe('1');
  });

  test('is answered 304 when the reader has the record already', async () => {
    const first = await org.call(`/sobjects/Account/${id}`);
    const headers = { 'If-None-Match': first.headers.get('etag') ?? '' };
    expect((await org.call(`/sobjects/Account/${id}`, { headers })).status).toBe(304);
  });
});

describe('an upsert by external id', () => {
  const upsert = (value: string, rest: Request = {}) =>
    org.call(`/sobjects/Account/ERP_Code__c/${value}`, {
      method: 'PATCH',
      user: 'admin',
      body: { Phone: '7' },
      ...rest,
    });

  test('answers 200 for a known record since v46, and 204 before', async () => {
    expect((await upsert('E%2F1')).body).toEqual({ id, success: true, errors: [], created: false });
    expect((await upsert('E%2F1', { version: 'v45.0' })).status).toBe(204);
  });

  test('answers 201 for a new one, unless only updates are wanted', async () => {
    expect((await upsert('NEW?updateOnly=true', { body: { Name: 'New' } })).status).toBe(404);
    const reply = await upsert('NEW', { body: { Name: 'New' } });
    expect(reply).toMatchObject({ status: 201, body: { success: true, created: true } });
  });

  test('answers 300 with the addresses of all where several match, and writes nothing', async () => {
    const [second = ''] = await org.seed([{ Name: 'Twin', ERP_Code__c: 'e/1' }]);
    const reply = await upsert('E%2F1');
    const urls = [id, second].map((found) => `/services/data/v66.0/sobjects/Account/${found}`);
    expect(reply).toMatchObject({ status: 300, body: urls });
    expect(await read('Phone')).toBeNull();
  });

  test('says so where the field is no external id', async () => {
    const reply = await org.call('/sobjects/Account/Site/x', { method: 'PATCH', body: {} });
    const message = 'Provided external ID field does not exist or is not accessible: Site';
    expect(reply).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND', message }] });
  });
});
