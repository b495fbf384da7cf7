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

let own: string;
let foreign: string;

beforeEach(async () => {
  own = idOf(await create('Account', { Name: 'Own' }, { user: 'rep' }));
  foreign = idOf(await create('Account', { Name: 'Foreign', ERP_Code__c: 'FOREIGN' }));
});

const asRep: Request = { user: 'rep' };
const names = async (user: Request['user'], soql = 'SELECT Name FROM Account'): Promise<unknown[]> => {
  const q = encodeURIComponent(`${soql} WHERE Name IN ('Own', 'Foreign', 'Doe')`);
  const { body } = await org.call(`/query?q=${q}`, { user: user ?? 'rep' });
  return (body as { records: { Name: unknown }[] }).records.map((record) => record.Name);
};

describe('where Accounts are private', () => {
  beforeEach(() => settings({ sharing: { account: 'Private' } }));

  test('the Accounts of others are absent for whoever has no right to all of them', async () => {
    expect(await names('rep')).toEqual(['Own']);
    expect(await names('rep', 'SELECT Name, Id FROM Account')).toEqual(['Own']);
    expect(await names('admin')).toEqual(['Own', 'Foreign']);
  });

  test('an unseen Account is not found by its id, by its key or in a list', async () => {
    expect(await org.call(`/sobjects/Account/${foreign}`, asRep)).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    });
    expect((await org.call('/sobjects/Account/ERP_Code__c/FOREIGN', asRep)).status).toBe(404);
    const list = await org.call(`/composite/sobjects/Account?ids=${own},${foreign}&fields=Name`, asRep);
    expect(list.body).toMatchObject([{ Name: 'Own' }, null]);
    expect((await org.call(`/ui-api/records/${foreign}?fields=Account.Name`, asRep)).status).toBe(404);
  });

  test('an unseen Account cannot be changed or deleted, and is as good as purged', async () => {
    const gone = { errorCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id' };
    expect(await update('Account', foreign, { Phone: '1' }, asRep)).toMatchObject({
      status: 404,
      body: [gone],
    });
    const records = [{ attributes: { type: 'Account' }, id: foreign, Phone: '1' }];
    const rows = await org.call('/composite/sobjects', { method: 'PATCH', user: 'rep', body: { records } });
    expect(rows.body).toMatchObject([
      { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] },
    ]);
  });

  test('a deletion needs the right to delete, and does not tell of what is unseen', async () => {
    const ids = `${own},${foreign}`;
    const rows = await org.call(`/composite/sobjects?ids=${ids}`, { method: 'DELETE', user: 'rep' });
    expect(rows.body).toMatchObject([
      { success: false, errors: [{ statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }] },
      { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] },
    ]);
  });

  test('an upsert does not find what the user does not see, and would make a second one', async () => {
    const upsert = () =>
      org.call('/sobjects/Account/ERP_Code__c/FOREIGN', {
        method: 'PATCH',
        user: 'rep',
        body: { Name: 'A' },
      });
    // A new record needs its key, and that the rep may not write.
    expect((await upsert()).body).toMatchObject([
      { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['ERP_Code__c'] },
    ]);
    await settings({ sharing: {} });
    expect((await upsert()).status).toBe(200);
  });

  test('View All lets the integration user read them all, and change none that is not its own', async () => {
    expect(await names('integration')).toEqual(['Own', 'Foreign']);
    const reply = await update('Account', foreign, { upflow__Due_Amount__c: 1 }, { user: 'integration' });
    expect(reply).toMatchObject({
      status: 403,
      body: [
        { errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'insufficient access rights on object id' },
      ],
    });
    await update('Account', foreign, { OwnerId: org.simulator.org.users.integration.id });
    const owned = await update('Account', foreign, { upflow__Due_Amount__c: 1 }, { user: 'integration' });
    expect(owned.status).toBe(204);
  });

  test('whoever is above the owner in the role hierarchy sees and changes them', async () => {
    await settings({ subordinates: { rep: ['admin'] } });
    expect(await names('rep')).toEqual(['Own', 'Foreign']);
    expect((await update('Account', foreign, { Phone: '1' }, asRep)).status).toBe(204);
  });

  test('Contacts follow their Account', async () => {
    await create('Contact', { LastName: 'Doe', AccountId: foreign });
    expect(await names('rep', 'SELECT Name FROM Contact')).toEqual([]);
    await create('Contact', { LastName: 'Doe', AccountId: own });
    expect(await names('rep', 'SELECT Name FROM Contact')).toEqual(['Doe']);
  });
});

test('where Accounts are public for reading, those of others can be read and not changed', async () => {
  await settings({ sharing: { Account: 'Read' } });
  expect(await names('rep')).toEqual(['Own', 'Foreign']);
  expect((await update('Account', own, { Phone: '1' }, asRep)).status).toBe(204);
  expect((await update('Account', foreign, { Phone: '1' }, asRep)).status).toBe(403);
});

test('by default everybody sees and changes everything', async () => {
  expect(await names('rep')).toEqual(['Own', 'Foreign']);
  expect((await update('Account', foreign, { Phone: '1' }, asRep)).status).toBe(204);
});
