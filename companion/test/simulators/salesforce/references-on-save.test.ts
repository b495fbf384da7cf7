import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Request, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const settings = (change: object) => org.control('PUT', '/settings', change);
const create = (object: string, body: object, rest: Request = {}) =>
  org.call(`/sobjects/${object}`, { method: 'POST', user: 'admin', body, ...rest });
const update = (object: string, id: string, body: object, rest: Request = {}) =>
  org.call(`/sobjects/${object}/${id}`, { method: 'PATCH', user: 'admin', body, ...rest });
const idOf = (reply: { body: unknown }): string => (reply.body as { id: string }).id;

const contact = (fields: object, rest: Request = {}) =>
  create('Contact', { LastName: 'Doe', ...fields }, rest);

describe('a lookup', () => {
  const refusals: [what: string, fields: () => object, errorCode: string, message: RegExp][] = [
    [
      'with a text that is no id',
      () => ({ AccountId: '24' }),
      'MALFORMED_ID',
      /^Account ID: id value of incorrect type: 24$/,
    ],
    [
      'with the id of another object',
      () => ({ AccountId: org.simulator.org.users.rep.id }),
      'MALFORMED_ID',
      /^Account ID: id value of incorrect type: 005/,
    ],
    [
      'with the id of no record',
      () => ({ AccountId: '001000000000ABCAA2' }),
      'INVALID_CROSS_REFERENCE_KEY',
      /^invalid cross reference id$/,
    ],
    [
      'to a queue, which cannot own Contacts',
      () => ({ OwnerId: '00G000000000ABCAA2' }),
      'MALFORMED_ID',
      /^Owner ID: id value of incorrect type: 00G/,
    ],
  ];

  test.each(refusals)('%s is refused', async (_what, fields, errorCode, message) => {
    const reply = await contact(fields());
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject([{ errorCode, message: expect.stringMatching(message) }]);
  });

  test('to a record in the recycle bin is refused', async () => {
    const [AccountId = ''] = await org.seed([{ Name: 'Gone' }]);
    await org.call(`/sobjects/Account/${AccountId}`, { method: 'DELETE', user: 'admin' });
    const reply = await contact({ AccountId });
    expect(reply).toMatchObject({ status: 400, body: [{ errorCode: 'ENTITY_IS_DELETED' }] });
  });

  test('takes ids of 15 characters', async () => {
    const [AccountId = ''] = await org.seed([{ Name: 'A' }]);
    const id = idOf(await contact({ AccountId: AccountId.slice(0, 15) }));
    expect(await org.rows(`SELECT AccountId FROM Contact WHERE Id = '${id}'`)).toMatchObject([{ AccountId }]);
  });
});

describe('an owner', () => {
  test('cannot be taken away', async () => {
    const id = idOf(await contact({}));
    expect((await update('Contact', id, { OwnerId: null })).body).toEqual([
      {
        message: 'Owner ID: owner cannot be blank',
        errorCode: 'INVALID_CROSS_REFERENCE_KEY',
        fields: ['OwnerId'],
      },
    ]);
  });

  test('who has left fails every save, unless the user may update records with inactive owners', async () => {
    const { store, users } = org.simulator.org;
    const [id = ''] = await org.seed([{ Name: 'Of the rep' }]);
    store.put('User', users.rep.id, { IsActive: false });
    const amount = { upflow__Due_Amount__c: 1 };
    const refused = await update('Account', id, amount, { user: 'integration' });
    expect(refused.body).toMatchObject([
      {
        errorCode: 'INACTIVE_OWNER_OR_USER',
        message: `operation performed with inactive user [${users.rep.id.slice(0, 15)}] as owner of account`,
      },
    ]);
    await settings({ updateRecordsWithInactiveOwners: ['integration'] });
    expect((await update('Account', id, amount, { user: 'integration' })).status).toBe(204);
  });
});

describe('a lookup filled by an external id', () => {
  let accountId: string;
  beforeEach(async () => {
    [accountId = ''] = await org.seed([{ Name: 'Keyed', ERP_Code__c: 'E-9' }]);
  });

  test('finds the record, in creation, update and collections', async () => {
    const id = idOf(await contact({ Account: { ERP_Code__c: 'e-9' } }));
    const parents = () => org.rows(`SELECT AccountId FROM Contact WHERE Id = '${id}'`);
    expect(await parents()).toMatchObject([{ AccountId: accountId }]);
    await update('Contact', id, { Account: null });
    expect(await parents()).toMatchObject([{ AccountId: null }]);
    const records = [{ attributes: { type: 'Contact' }, id, account: { erp_code__c: 'E-9' } }];
    const rows = await org.call('/composite/sobjects', { method: 'PATCH', user: 'admin', body: { records } });
    expect(rows.body).toMatchObject([{ success: true }]);
    expect(await parents()).toMatchObject([{ AccountId: accountId }]);
  });

  test('works in an upsert, for the record that it makes and the one that it finds', async () => {
    const path = '/sobjects/Account/ERP_Code__c/CHILD';
    const upsert = (body: object) => org.call(path, { method: 'PATCH', user: 'admin', body });
    const parent = { Parent: { attributes: { type: 'Account' }, ERP_Code__c: 'E-9' } };
    expect((await upsert({ Name: 'Child', ...parent })).status).toBe(201);
    expect((await upsert(parent)).status).toBe(200);
    expect(await org.rows("SELECT ParentId FROM Account WHERE ERP_Code__c = 'CHILD'")).toMatchObject([
      { ParentId: accountId },
    ]);
  });

  const refusals: [parent: object, errorCode: string, message: RegExp][] = [
    [
      { ERP_Code__c: 'none' },
      'INVALID_FIELD',
      /^Foreign key external ID: none not found for field ERP_Code__c in entity Account$/,
    ],
    [{ Nope__c: 'x' }, 'INVALID_FIELD', /^No such column 'Nope__c' on sobject of type Account$/],
    [{ Site: 'x' }, 'INVALID_FIELD', /^Field name provided, Site does not match an External ID/],
    [{ ERP_Code__c: 'E-9', Site: 'x' }, 'INVALID_FIELD', /^More than 1 field provided/],
  ];

  test.each(refusals)('%j is refused with %s', async (Account, errorCode, message) => {
    const reply = await contact({ Account });
    expect(reply).toMatchObject({ status: 400, body: [{ errorCode }] });
    expect(reply.body).toMatchObject([{ message: expect.stringMatching(message) }]);
  });

  test('is refused where several records hold the value', async () => {
    await org.seed([{ Name: 'Twin', ERP_Code__c: 'e-9' }]);
    const reply = await contact({ Account: { ERP_Code__c: 'E-9' } });
    expect(reply.body).toMatchObject([{ errorCode: 'DUPLICATE_EXTERNAL_ID' }]);
  });

  test('is refused for a lookup that the user may not write', async () => {
    const body = { Parent: { ERP_Code__c: 'E-9' } };
    const reply = await update('Account', accountId, body, { user: 'integration' });
    expect(reply.body).toMatchObject([
      { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['ParentId'] },
    ]);
  });

  test('fails its own row alone where nothing is found', async () => {
    const attributes = { type: 'Contact' };
    const records = [
      { attributes, LastName: 'A', Account: { ERP_Code__c: 'none' } },
      { attributes, LastName: 'B', Account: { ERP_Code__c: 'E-9' } },
    ];
    const rows = await org.call('/composite/sobjects', { method: 'POST', user: 'admin', body: { records } });
    expect(rows.body).toMatchObject([
      { success: false, errors: [{ statusCode: 'INVALID_FIELD' }] },
      { success: true },
    ]);
  });
});

describe('a unique value', () => {
  const field = 'upflow__Customer_Id__c';
  const customer = (id: string, value: string) => ({ attributes: { type: 'Account' }, id, [field]: value });
  const write = (records: object[]) =>
    org.call('/composite/sobjects', { method: 'PATCH', body: { records } });

  test('given twice in one request is refused the second time', async () => {
    const [a = '', b = ''] = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
    const message = `duplicate value found: ${field} duplicates value on record with id: ${a.slice(0, 15)}`;
    expect((await write([customer(a, 'new'), customer(b, 'NEW')])).body).toEqual([
      { id: a, success: true, errors: [] },
      { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE', message, fields: [] }] },
    ]);
  });

  test('of a record in the recycle bin is free', async () => {
    const [a = '', b = ''] = await org.seed([{ Name: 'A', [field]: 'x' }, { Name: 'B' }]);
    expect((await write([customer(b, 'x')])).body).toMatchObject([{ success: false }]);
    await org.call(`/sobjects/Account/${a}`, { method: 'DELETE', user: 'admin' });
    expect((await write([customer(b, 'x')])).body).toMatchObject([{ success: true }]);
  });

  test('of a record that the user may not see is told without the record', async () => {
    const { users } = org.simulator.org;
    await settings({ sharing: { Account: 'Private' }, permissionSets: { rep: ['Upflow_Admin'] } });
    const shared = 'upflow__Shared_Identifier__c';
    await org.seed([{ Name: 'Hidden', [shared]: 'x' }]);
    const [hidden] = await org.rows(`SELECT Id FROM Account WHERE ${shared} = 'x'`);
    await update('Account', String(hidden?.Id), { OwnerId: users.admin.id });
    const id = idOf(await create('Account', { Name: 'Own' }, { user: 'rep' }));
    const reply = await update('Account', id, { [shared]: 'x' }, { user: 'rep' });
    expect(reply.body).toMatchObject([
      {
        errorCode: 'DUPLICATE_VALUE',
        message: 'duplicate value found: <unknown> duplicates value on record with id: <unknown>',
      },
    ]);
  });
});
