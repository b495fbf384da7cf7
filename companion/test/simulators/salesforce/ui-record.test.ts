import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSimulator, type Reply, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let id: string;

beforeAll(async () => {
  org = await openSimulator();
  const values = { Outstanding_Amount__c: 1234.5, Paused_Until__c: '2026-12-01', Payer_Rating__c: 'A' };
  [id = ''] = await org.seed([{ Name: 'Shown', ...values, Last_Synced__c: '2026-11-22T10:15:30Z' }]);
});
afterAll(() => org.close());

const read = (query: string, user: 'rep' | 'integration' = 'rep'): Promise<Reply> =>
  org.call(`/ui-api/records/${id}?${query}`, { user });

test('a record has values and how Lightning shows them', async () => {
  const fields = [
    'Outstanding_Amount__c',
    'Paused_Until__c',
    'Payer_Rating__c',
    'Last_Synced__c',
    'Due_Amount__c',
  ];
  const reply = await read(`fields=Account.Name,${fields.map((field) => `Account.upflow__${field}`).join()}`);
  expect(reply.body).toMatchObject({
    apiName: 'Account',
    childRelationships: {},
    id,
    recordTypeId: null,
    fields: {
      Name: { displayValue: null, value: 'Shown' },
      upflow__Outstanding_Amount__c: { displayValue: '$1,234.50', value: 1234.5 },
      upflow__Paused_Until__c: { displayValue: '12/1/2026', value: '2026-12-01' },
      upflow__Payer_Rating__c: { displayValue: 'A', value: 'A' },
      upflow__Last_Synced__c: { value: '2026-11-22T10:15:30.000Z' },
      upflow__Due_Amount__c: { displayValue: null, value: null },
    },
  });
});

test('a field of a parent comes as a record within the record', async () => {
  const reply = await read('fields=Account.Owner.Name,Account.Owner.Email');
  expect(reply.body).toMatchObject({
    fields: {
      Owner: {
        displayValue: 'Ruben Castellanos',
        value: { apiName: 'User', fields: { Name: { value: 'Ruben Castellanos' } } },
      },
    },
  });
});

test('a field that the user may not see is an error when required, and left out when optional', async () => {
  expect(await read('fields=Account.Nope__c')).toMatchObject({
    status: 400,
    body: [{ errorCode: 'INVALID_FIELD' }],
  });
  const reply = await read('fields=Account.Name&optionalFields=Account.CurrencyIsoCode,Account.Phone');
  expect(Object.keys((reply.body as { fields: object }).fields).sort()).toEqual(['Name', 'Phone']);
});

test('a record that is not there is not found', async () => {
  const reply = await org.call('/ui-api/records/001000000000ABCAA2?fields=Account.Name');
  expect(reply).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
});
