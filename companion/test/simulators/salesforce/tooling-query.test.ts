import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSimulator, type Reply, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());

test('metadata can be queried for one field at a time only', async () => {
  const query = (soql: string): Promise<Reply> =>
    org.call(`/tooling/query?q=${encodeURIComponent(soql)}`, { user: 'admin' });
  const one = await query("SELECT Metadata FROM CustomField WHERE DeveloperName = 'ERP_Code'");
  expect(one.body).toMatchObject({ size: 1, records: [{ Metadata: { type: 'Text', length: 40 } }] });
  expect(await query('SELECT Id, Metadata FROM CustomField')).toMatchObject({
    status: 400,
    body: [{ errorCode: 'MALFORMED_QUERY', message: expect.stringContaining('no more than one row') }],
  });
});

test('the schema can be queried, with what was added to it', async () => {
  const body = { FullName: 'Contact.Key__c', Metadata: { label: 'Key', type: 'Text', length: 64 } };
  await org.call('/tooling/sobjects/CustomField', { method: 'POST', user: 'admin', body });
  const soql =
    "SELECT QualifiedApiName, DataType FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Contact' AND DeveloperName = 'Key'";
  expect(await org.rows(soql)).toMatchObject([{ QualifiedApiName: 'Key__c', DataType: 'Text(64)' }]);
});
