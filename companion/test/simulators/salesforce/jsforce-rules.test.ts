import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let connection: Connection;

beforeAll(async () => {
  org = await openSimulator();
  const { accessToken } = org.simulator.org.openSession('admin');
  connection = new Connection({ instanceUrl: org.simulator.url, accessToken, version: '66.0' });
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const settings = (change: object) => org.control('PUT', '/settings', change);
const duplicateRules = [{ name: 'Contacts_DR', object: 'Contact', matchOn: ['Email'], action: 'Alert' }];
const person = { LastName: 'Doe', Email: 'doe@doe.example' };

test('several failing rules of one record are MULTIPLE_API_ERRORS, with each of them in data', async () => {
  const rule = { field: 'Phone', whenBlank: true };
  await settings({
    validationRules: [
      { name: 'One', ...rule, message: 'First.', errorField: 'Phone' },
      { name: 'Two', ...rule, message: 'Second.' },
    ],
  });
  await expect(connection.sobject('Account').create({ Name: 'A' })).rejects.toMatchObject({
    errorCode: 'MULTIPLE_API_ERRORS',
    data: [
      { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'First.', fields: ['Phone'] },
      { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Second.', fields: [] },
    ],
  });
});

test('several failing rules of a row in a list are several errors of the row', async () => {
  const rule = { field: 'Phone', whenBlank: true };
  await settings({
    validationRules: [
      { name: 'One', ...rule, message: 'First.' },
      { name: 'Two', ...rule, message: 'Second.' },
    ],
  });
  const [bad, good] = await connection.sobject('Account').create([{ Name: 'A' }, { Name: 'B', Phone: '1' }]);
  expect(bad?.errors).toMatchObject([{ message: 'First.' }, { message: 'Second.' }]);
  expect(good).toMatchObject({ success: true });
});

test('a duplicate is told with the record that is there, and saved on a second try with the header', async () => {
  const { id } = await connection.sobject('Contact').create(person);
  await settings({ duplicateRules });
  await expect(connection.sobject('Contact').create(person)).rejects.toMatchObject({
    errorCode: 'DUPLICATES_DETECTED',
    data: { duplicateResut: { allowSave: true, matchResults: [{ matchRecords: [{ record: { Id: id } }] }] } },
  });
  const headers = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
  expect(await connection.sobject('Contact').create(person, { headers })).toMatchObject({ success: true });
});

test('one duplicate in a list of all or nothing rolls the others back', async () => {
  await connection.sobject('Contact').create(person);
  await settings({ duplicateRules });
  const rows = await connection.sobject('Contact').create([{ LastName: 'Roe' }, person], { allOrNone: true });
  expect(rows.map((row) => row.errors)).toMatchObject([
    [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }],
    [{ statusCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', fields: [] }],
  ]);
  expect(await connection.query("SELECT Id FROM Contact WHERE LastName = 'Roe'")).toMatchObject({
    totalSize: 0,
  });
});

test('a parent is named by its external id', async () => {
  await connection.sobject('Account').create({ Name: 'Parent', ERP_Code__c: 'P-1' });
  const child = { LastName: 'Child', Account: { ERP_Code__c: 'P-1' } };
  const { id } = await connection.sobject('Contact').create(child as { LastName: string });
  const { records } = await connection.query(`SELECT Account.Name FROM Contact WHERE Id = '${id ?? ''}'`);
  expect(records).toMatchObject([{ Account: { Name: 'Parent' } }]);
});

test('assignment rules can be switched off by a header', async () => {
  const { users } = org.simulator.org;
  await settings({ assignmentRules: [{ field: 'Name', whenStartsWith: 'A', owner: 'rep' }] });
  const headers = { 'Sforce-Auto-Assign': 'FALSE' };
  const kept = await connection.sobject('Account').create({ Name: 'Acme' }, { headers });
  const moved = await connection.sobject('Account').create({ Name: 'Acme' });
  const owners = await connection.sobject('Account').retrieve([kept.id ?? '', moved.id ?? '']);
  expect(owners.map((account) => account.OwnerId as string)).toEqual([users.admin.id, users.rep.id]);
});
