import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { measureDataStorage } from '../../../simulators/salesforce/write/data-storage.ts';
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

const stored = (object: string, id: string) => org.simulator.org.store.get(object, id) ?? {};

describe('a trigger', () => {
  test('sets fields that the user may not write, and what it sets is validated too', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    const amount = { upflow__Due_Amount__c: 5 };
    await settings({ triggers: [{ name: 'Rate', set: { rating: 'Hot', Customer_Tier__c: 'Gold' } }] });
    expect((await update('Account', id, amount, { user: 'integration' })).status).toBe(204);
    expect(stored('Account', id)).toMatchObject({ Rating: 'Hot', Customer_Tier__c: 'Gold' });
    await settings({ triggers: [{ name: 'Rate', set: { Customer_Tier__c: 'Tin' } }] });
    const refused = await update('Account', id, amount, { user: 'integration' });
    expect(refused.body).toMatchObject([{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }]);
  });

  test('before the save can fill what is required', async () => {
    await settings({ triggers: [{ name: 'Name_It', on: ['insert'], set: { Name: 'Unnamed' } }] });
    expect((await create('Account', { Phone: '1' })).status).toBe(201);
  });

  test('saves the parent again, in the name of the user', async () => {
    const { users, store } = org.simulator.org;
    const [AccountId = ''] = await org.seed([{ Name: 'Parent' }]);
    store.put('Account', AccountId, { SystemModstamp: '2020-01-01T00:00:00.000+0000' });
    await settings({ triggers: [{ name: 'Roll_Up', object: 'Contact', touchParent: 'AccountId' }] });
    await create('Contact', { LastName: 'Doe', AccountId });
    expect(stored('Account', AccountId)).toMatchObject({ LastModifiedById: users.admin.id });
    expect(stored('Account', AccountId).SystemModstamp).not.toContain('2020');
  });

  test('fails on some records only, and on the events that it is for', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    const trigger = { name: 'Guard', field: 'Phone', whenStartsWith: '9', on: ['update'], error: {} };
    await settings({ triggers: [trigger] });
    expect((await create('Account', { Name: 'B', Phone: '9' })).status).toBe(201);
    expect((await update('Account', id, { Phone: '1' })).status).toBe(204);
    expect((await update('Account', id, { Phone: '9' })).status).toBe(400);
    expect(stored('Account', id).Phone).toBe('1');
  });

  test('that fails takes back what was saved, and the rows beside it stay', async () => {
    await settings({ triggers: [{ name: 'Guard', field: 'Name', whenEquals: 'Bad', error: {} }] });
    const attributes = { type: 'Account' };
    const records = ['Good', 'Bad', 'Fine'].map((Name) => ({ attributes, Name }));
    const reply = await org.call('/composite/sobjects', { method: 'POST', user: 'admin', body: { records } });
    expect(reply.body).toMatchObject([{ success: true }, { success: false }, { success: true }]);
    expect(await org.rows("SELECT Name FROM Account WHERE Name IN ('Good', 'Bad', 'Fine')")).toMatchObject([
      { Name: 'Good' },
      { Name: 'Fine' },
    ]);
  });

  test('can forbid a deletion', async () => {
    const [id = ''] = await org.seed([{ Name: 'Kept' }]);
    const error = { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Keep it.' };
    await settings({ triggers: [{ name: 'Keep', on: ['delete'], timing: 'before', error }] });
    const reply = await org.call(`/sobjects/Account/${id}`, { method: 'DELETE', user: 'admin' });
    expect(reply).toMatchObject({
      status: 400,
      body: [{ errorCode: error.statusCode, message: 'Keep it.' }],
    });
    expect(stored('Account', id).IsDeleted).toBeUndefined();
  });
});

describe('an assignment rule', () => {
  const assign = (value: string) => ({ headers: { 'Sforce-Auto-Assign': value } });
  const french = { Name: 'A', BillingCountry: 'France' };
  let ownerOf: (id: string) => unknown;

  beforeEach(async () => {
    const assignmentRules = [{ field: 'BillingCountry', whenEquals: 'France', owner: 'rep' }];
    await settings({ assignmentRules });
    ownerOf = (id) => stored('Account', id).OwnerId;
  });

  test('runs unless the client says no', async () => {
    const { admin, rep } = org.simulator.org.users;
    expect(ownerOf(idOf(await create('Account', french)))).toBe(rep.id);
    expect(ownerOf(idOf(await create('Account', french, assign('TRUE'))))).toBe(rep.id);
    expect(ownerOf(idOf(await create('Account', french, assign('false'))))).toBe(admin.id);
  });

  test('leaves records that it is not for with their creator', async () => {
    const id = idOf(await create('Account', { ...french, BillingCountry: 'Spain' }));
    expect(ownerOf(id)).toBe(org.simulator.org.users.admin.id);
  });

  test('runs on updates too, which moves a record to another owner behind the client', async () => {
    const { admin, rep } = org.simulator.org.users;
    const id = idOf(await create('Account', french, assign('FALSE')));
    await update('Account', id, { Phone: '1' }, assign('FALSE'));
    expect(ownerOf(id)).toBe(admin.id);
    await update('Account', id, { Phone: '2' });
    expect(ownerOf(id)).toBe(rep.id);
  });
});

describe('data storage', () => {
  test('is full at two kilobytes a record, and a deletion makes room', async () => {
    const [first] = await org.rows('SELECT Id FROM Account');
    await settings({ dataStorageMB: measureDataStorage(org.simulator.org) + 3 / 1024 });
    expect((await create('Account', { Name: 'Fits' })).status).toBe(201);
    expect((await create('Account', { Name: 'Does not' })).body).toMatchObject([
      { errorCode: 'STORAGE_LIMIT_EXCEEDED', message: 'storage limit exceeded' },
    ]);
    expect((await update('Account', String(first?.Id), { Phone: '1' })).status).toBe(204);
    await org.call(`/sobjects/Account/${String(first?.Id)}`, { method: 'DELETE', user: 'admin' });
    expect((await create('Account', { Name: 'Fits again' })).status).toBe(201);
  });

  test('is what the limits show', async () => {
    await settings({ dataStorageMB: 5 });
    const { body } = await org.call('/limits', { user: 'admin' });
    expect(body).toMatchObject({ DataStorageMB: { Max: 5, Remaining: 4 } });
  });
});
