import { afterAll, beforeAll, expect, test } from '@jest/globals';
import jsforce from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let connection: jsforce.Connection;

beforeAll(async () => {
  org = await openSimulator();
  const { instanceUrl, accessToken } = org.simulator.org.openSession('admin');
  connection = new jsforce.Connection({ instanceUrl, accessToken, version: '66.0' });
  connection.bulk2.pollInterval = 20;
});
afterAll(() => org.close());

test('loadAndWaitForResults inserts, updates, upserts and deletes, and tells good rows from bad ones', async () => {
  const { successfulResults, failedResults, unprocessedRecords } =
    await connection.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: [{ Name: 'J1', ERP_Code__c: 'J-1' }, { ERP_Code__c: 'J-2' }],
    });
  expect(successfulResults).toMatchObject([{ sf__Created: 'true', ERP_Code__c: 'J-1' }]);
  expect(failedResults).toMatchObject([
    { sf__Id: '', sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --' },
  ]);
  expect(unprocessedRecords).toEqual([]);
  const Id = String(successfulResults[0]?.sf__Id);

  await connection.bulk2.loadAndWaitForResults({
    object: 'Account',
    operation: 'update',
    input: [{ Id, Phone: '555', Name: 'J1 changed' }],
  });
  const upserted = await connection.bulk2.loadAndWaitForResults({
    object: 'Account',
    operation: 'upsert',
    externalIdFieldName: 'ERP_Code__c',
    input: [
      { ERP_Code__c: 'J-1', Name: 'J1 again', Phone: null },
      { ERP_Code__c: 'J-3', Name: 'J3', Phone: '556' },
    ] as jsforce.Record[],
  });
  expect(upserted.successfulResults.map((row) => row.sf__Created)).toEqual(['false', 'true']);
  expect(await org.rows(`SELECT Name, Phone FROM Account WHERE Id = '${Id}'`)).toMatchObject([
    { Name: 'J1 again', Phone: null },
  ]);

  const deleted = await connection.bulk2.loadAndWaitForResults({
    object: 'Account',
    operation: 'delete',
    input: upserted.successfulResults.map((row) => ({ Id: row.sf__Id })),
  });
  expect(deleted.successfulResults).toHaveLength(2);
});

test('a job step by step: open, uploadData, close, poll, check and the three files of results', async () => {
  const job = connection.bulk2.createJob({ object: 'Account', operation: 'insert' });
  await job.open();
  await job.uploadData('Name\nStep 1\nStep 2\n');
  await job.close();
  await job.poll(20, 10_000);
  expect(await job.check()).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 2 });
  const all = await job.getAllResults();
  expect(all.successfulResults).toHaveLength(2);
  expect(await job.getFailedResults(true)).toBe('"sf__Id","sf__Error",Name\n');
  await job.delete();
  await expect(job.check()).rejects.toMatchObject({ name: 'NOT_FOUND' });
});

test('a job may be aborted; a failed one says why', async () => {
  const job = connection.bulk2.createJob({ object: 'Account', operation: 'insert' });
  await job.open();
  await job.abort();
  await expect(job.poll(20, 10_000)).rejects.toThrow('Job has been aborted');
  await expect(job.abort()).rejects.toMatchObject({ errorCode: 'INVALIDJOBSTATE' });
  await expect(
    connection.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: 'Nope__c\n1\n',
    }),
  ).rejects.toThrow('InvalidBatch : Field name not found : Nope__c');
});

test('query streams records', async () => {
  const stream = await connection.bulk2.query('SELECT Id, Name FROM Account ORDER BY Name LIMIT 3');
  const records = (await stream.toArray()) as jsforce.Record[];
  expect(records).toHaveLength(3);
  expect(Object.keys(records[0] ?? {})).toEqual(['Id', 'Name']);
  await expect(connection.bulk2.query('SELECT Nope FROM Account')).rejects.toMatchObject({
    errorCode: 'API_ERROR',
  });
});

test('update and destroy of a query go through bulk jobs', async () => {
  await org.control('POST', '/accounts', { count: 250 });
  const find = () => connection.sobject('Account').find({ Name: { $like: 'Seeded Company%' } });
  const updated = await find().update({ Phone: '${Name}' }, { bulkApiVersion: 2 });
  expect(updated).toHaveLength(250);
  expect(await org.rows("SELECT Name, Phone FROM Account WHERE Name LIKE 'Seeded%' LIMIT 1")).toMatchObject([
    { Phone: 'Seeded Company C-000001' },
  ]);
  const destroyed = await find().destroy({ bulkApiVersion: 2 });
  expect(destroyed.every((row) => row.success)).toBe(true);
});
