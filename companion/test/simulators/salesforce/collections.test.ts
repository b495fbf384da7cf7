import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let connection: Connection;

beforeAll(async () => {
  org = await openSimulator();
  const { accessToken } = org.simulator.org.openSession('integration');
  connection = new Connection({ instanceUrl: org.simulator.url, accessToken, version: '66.0' });
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const account = (fields: object): object => ({ attributes: { type: 'Account' }, ...fields });
const amount = 'upflow__Outstanding_Amount__c';
const customerId = 'upflow__Customer_Id__c';
const path = '/composite/sobjects';
const unknownColumn = {
  success: false,
  errors: [
    {
      statusCode: 'INVALID_FIELD',
      message: "No such column 'Nope__c' on sobject of type Account",
      fields: [],
    },
  ],
};
const patch = (records: object[], rest: object = {}) =>
  org.call(path, { method: 'PATCH', body: { allOrNone: false, records, ...rest } });

describe('an update of many Accounts', () => {
  test('writes each row through an unmodified jsforce and answers in the order of the request', async () => {
    const ids = await org.seed([{ Name: 'A' }, { Name: 'B' }, { Name: 'C' }]);
    const rows = await connection
      .sobject('Account')
      .update(ids.map((id, i) => ({ Id: id, [amount]: i * 10.5 })));
    expect(rows).toEqual(ids.map((id) => ({ id, success: true, errors: [] })));
    const [, second] = await org.rows(`SELECT ${amount} FROM Account WHERE Id IN ('${ids.join("','")}')`);
    expect(second?.[amount]).toBe(10.5);
  });

  test('one bad row fails alone, with a statusCode and without an id', async () => {
    const [good, bad] = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
    const long = 'x'.repeat(256);
    const reply = await patch([
      account({ id: bad, upflow__Sync_Message__c: long }),
      account({ id: good, upflow__Sync_Message__c: 'fine' }),
    ]);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual([
      {
        success: false,
        errors: [
          {
            statusCode: 'STRING_TOO_LONG',
            message: `Sync Message: data value too large: ${long} (max length=255)`,
            fields: ['upflow__Sync_Message__c'],
          },
        ],
      },
      { id: good, success: true, errors: [] },
    ]);
  });

  test('with allOrNone one bad row takes the good ones back, and the answer is still 200', async () => {
    const [good, bad] = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
    const rows = [account({ id: good, [amount]: 5 }), account({ id: bad, [amount]: 1e17 })];
    const reply = await patch(rows, { allOrNone: true });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'NUMBER_OUTSIDE_VALID_RANGE' }] },
    ]);
    expect(await org.rows(`SELECT ${amount} FROM Account WHERE Id = '${good}'`)).toMatchObject([
      { [amount]: null },
    ]);
  });

  test('tells unknown, deleted and malformed ids apart, and refuses the same id twice', async () => {
    const [gone = '', twice = ''] = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
    await org.call(`/sobjects/Account/${gone}`, { method: 'DELETE', user: 'admin' });
    const ids = [gone, '001000000000ABCAA2', 'nonsense', twice, twice.slice(0, 15)];
    const reply = await patch(ids.map((id) => account({ id, [amount]: 1 })));
    const codes = (reply.body as { errors: { statusCode: string }[] }[]).map(
      (row) => row.errors[0]?.statusCode,
    );
    expect(codes).toEqual([
      'ENTITY_IS_DELETED',
      'INVALID_CROSS_REFERENCE_KEY',
      'MALFORMED_ID',
      'DUPLICATE_VALUE',
      'DUPLICATE_VALUE',
    ]);
  });

  test('refuses more than 200 rows and more than ten runs of one object as a whole', async () => {
    const [id] = await org.seed([{ Name: 'A' }]);
    const tooMany = await patch(Array.from({ length: 201 }, () => account({ id })));
    expect(tooMany).toMatchObject({ status: 400, body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }] });
    const mixed = Array.from({ length: 11 }, (_, i) => ({
      attributes: { type: i % 2 ? 'Contact' : 'Account' },
      id,
    }));
    const chunks = await patch(mixed);
    expect(JSON.stringify(chunks.body)).toContain('Cannot have more than 10 chunks in a single operation.');
  });

  test('fails only the row with a column that does not exist for this user', async () => {
    const [id] = await org.seed([{ Name: 'A' }]);
    const reply = await patch([account({ id, [amount]: 1 }), account({ id: 'any', Nope__c: 1 })]);
    expect(reply).toMatchObject({ status: 200, body: [{ id, success: true }, unknownColumn] });
  });

  test('has at least one record', async () => {
    const refusal = [{ message: 'At least 1 record is required', errorCode: 'REQUIRED_FIELD_MISSING' }];
    expect(await patch([])).toMatchObject({ status: 400, body: refusal });
  });
});

describe('an upsert of many Accounts', () => {
  const upsert = (records: object[], field = customerId) =>
    org.call(`${path}/Account/${field}`, { method: 'PATCH', user: 'admin', body: { records } });

  test('creates what is new, changes what is known and says which', async () => {
    const [known] = await org.seed([{ Name: 'Known', ERP_Code__c: 'K-1' }]);
    const rows = await org.call(`${path}/Account/ERP_Code__c`, {
      method: 'PATCH',
      user: 'admin',
      body: {
        records: [account({ ERP_Code__c: 'k-1', Phone: '1' }), account({ ERP_Code__c: 'K-2', Name: 'New' })],
      },
    });
    expect(rows.body).toEqual([
      { id: known, success: true, errors: [], created: false },
      { id: expect.stringMatching(/^001\w{15}$/), success: true, errors: [], created: true },
    ]);
  });

  test('fails only the row with a column that does not exist, and refuses records of another object', async () => {
    const rows = [account({ ERP_Code__c: 'G', Name: 'Good' }), account({ ERP_Code__c: 'B', Nope__c: 1 })];
    expect((await upsert(rows, 'ERP_Code__c')).body).toMatchObject([
      { success: true, created: true },
      { ...unknownColumn, created: true },
    ]);
    const other = { attributes: { type: 'Opportunity' }, Name: 'No Account' };
    expect(await upsert([...rows, other], 'ERP_Code__c')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE' }],
    });
  });

  test('fails every row that shares an id, however long it is written', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    const reply = await upsert([account({ Id: id }), account({ Id: id.slice(0, 15) })], 'Id');
    const codes = (reply.body as { errors: { statusCode: string }[] }[]).map(
      (row) => row.errors[0]?.statusCode,
    );
    expect(codes).toEqual(['DUPLICATE_VALUE', 'DUPLICATE_VALUE']);
  });

  test('fails every row that shares a key, and a failed new row still says created', async () => {
    const records = [
      account({ ERP_Code__c: 'T', Name: 'A' }),
      account({ ERP_Code__c: 't', Name: 'B' }),
      account({ ERP_Code__c: 'U' }),
    ];
    const reply = await upsert(records, 'ERP_Code__c');
    expect(reply.body).toMatchObject([
      {
        success: false,
        errors: [{ statusCode: 'DUPLICATE_VALUE', message: 'Duplicate external id specified: T' }],
      },
      {
        success: false,
        errors: [{ statusCode: 'DUPLICATE_VALUE', message: 'Duplicate external id specified: t' }],
      },
      { success: false, created: true, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }] },
    ]);
  });

  test('refuses a key that several stored records hold', async () => {
    await org.seed([
      { Name: 'A', ERP_Code__c: 'SAME' },
      { Name: 'B', ERP_Code__c: 'same' },
    ]);
    const reply = await upsert([account({ ERP_Code__c: 'Same', Phone: '1' })], 'ERP_Code__c');
    expect(reply.body).toMatchObject([{ success: false, errors: [{ statusCode: 'DUPLICATE_EXTERNAL_ID' }] }]);
  });
});

describe('other collections', () => {
  test('create fails only the row with an unknown column, or with an id', async () => {
    const rows = [account({ Name: 'Good' }), account({ Nope__c: 1 }), account({ Id: 'x', Name: 'Has one' })];
    const reply = await org.call(path, { method: 'POST', user: 'admin', body: { records: rows } });
    const message = 'cannot specify Id in an insert call';
    const refusal = { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message, fields: ['Id'] };
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject([
      { success: true },
      unknownColumn,
      { success: false, errors: [refusal] },
    ]);
  });

  test('delete wants at least one id, and says so in the words of the platform', async () => {
    const refusal = [{ message: 'At least 1 Id is required.', errorCode: 'REQUIRED_FIELD_MISSING' }];
    expect(await org.call(path, { method: 'DELETE' })).toMatchObject({ status: 400, body: refusal });
  });

  test('delete reads allOrNone in any case', async () => {
    const [id] = await org.seed([{ Name: 'Kept' }]);
    const ids = `${id},001000000000ABCAA2`;
    const reply = await org.call(`${path}?ids=${ids}&allOrNone=TRUE`, { method: 'DELETE', user: 'admin' });
    expect(reply.body).toMatchObject([{ success: false }, { success: false }]);
  });

  test('retrieve answers null for what is missing, and takes long lists in a body', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    const byAddress = await org.call(`${path}/Account?ids=${id},001000000000ABCAA2&fields=Name`);
    expect(byAddress.body).toMatchObject([{ Name: 'A', attributes: { type: 'Account' } }, null]);
    const byBody = await org.call(`${path}/Account`, {
      method: 'POST',
      body: { ids: [id], fields: ['Name'] },
    });
    expect(byBody.body).toMatchObject([{ Name: 'A' }]);
  });

  test('create and delete work through jsforce for a user who may do both', async () => {
    const { accessToken } = org.simulator.org.openSession('admin');
    const admin = new Connection({ instanceUrl: org.simulator.url, accessToken, version: '60.0' });
    const created = await admin.sobject('Account').create([{ Name: 'One' }, { Name: 'Two' }]);
    const ids = created.map((row) => row.id ?? '');
    const deleted = await admin.sobject('Account').delete(ids);
    expect(deleted.map((row) => row.success)).toEqual([true, true]);
    expect(await org.rows(`SELECT Id FROM Account WHERE Id IN ('${ids.join("','")}')`)).toEqual([]);
  });

  test('the integration user may not create Accounts: its permission set does not allow it', async () => {
    const reply = await org.call(path, { method: 'POST', body: { records: [account({ Name: 'X' })] } });
    expect(reply.body).toMatchObject([
      { success: false, errors: [{ statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }] },
    ]);
  });
});
