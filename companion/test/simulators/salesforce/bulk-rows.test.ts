import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ingest, move, openJob, readResults, upload, waitForJob } from './bulk-jobs.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const accounts = (codes: string): Promise<Record<string, unknown>[]> =>
  org.rows(
    `SELECT Name, Phone, ERP_Code__c FROM Account WHERE ERP_Code__c LIKE '${codes}' ORDER BY ERP_Code__c`,
  );

describe('what a job does with its rows', () => {
  test('complete does not mean success: each row is in one of the files of results', async () => {
    const csv = 'Name,ERP_Code__c\nGood,B-1\n,B-2\n';
    const job = await ingest(org, { operation: 'insert' }, csv);
    expect(job).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 2,
      numberRecordsFailed: 1,
    });
    expect(await readResults(org, job.id, 'successfulResults')).toMatch(
      /^"sf__Id","sf__Created",Name,ERP_Code__c\n"001\w{15}","true",Good,B-1\n$/,
    );
    expect(await readResults(org, job.id, 'failedResults')).toBe(
      '"sf__Id","sf__Error",Name,ERP_Code__c\n' +
        '"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --",,B-2\n',
    );
    expect(await readResults(org, job.id, 'unprocessedRecords')).toBe('Name,ERP_Code__c\n');
  });

  test('an update leaves blank cells alone and clears those marked as null', async () => {
    const [id = ''] = await org.seed([{ Name: 'A', Phone: '1', Fax: '2', ERP_Code__c: 'B-1' }]);
    const job = await ingest(org, { operation: 'update' }, `Id,Phone,Fax\n${id},#N/A,\n`);
    expect(await readResults(org, job.id, 'successfulResults')).toContain(`"${id}","false",${id},#N/A,\n`);
    expect(await org.rows(`SELECT Phone, Fax FROM Account WHERE Id = '${id}'`)).toMatchObject([
      { Phone: null, Fax: '2' },
    ]);
  });

  test('an upsert finds records by an external id; a key that rows share fails all of them', async () => {
    await org.seed([{ Name: 'Old', ERP_Code__c: 'B-1' }]);
    const job = await ingest(
      org,
      { operation: 'upsert', externalIdFieldName: 'erp_code__c' },
      'ERP_Code__c,Name\nB-1,Found\nB-2,New\nB-3,x\nB-3,y\n',
    );
    expect(job).toMatchObject({ externalIdFieldName: 'erp_code__c', numberRecordsFailed: 2 });
    expect(await accounts('B-%')).toMatchObject([{ Name: 'Found' }, { Name: 'New' }]);
    const failed = await readResults(org, job.id, 'failedResults');
    expect(failed.match(/DUPLICATE_VALUE:Duplicate external id specified: B-3:ERP_Code__c --/g)).toHaveLength(
      2,
    );
  });

  test('delete moves to the recycle bin, hard delete past it for those who may', async () => {
    const [soft = '', hard = ''] = await org.seed([{ Name: 'S' }, { Name: 'H' }]);
    await ingest(org, { operation: 'delete' }, `Id\n${soft}\n`);
    const refused = await org.call('/jobs/ingest', {
      method: 'POST',
      user: 'admin',
      body: { object: 'Account', operation: 'hardDelete' },
    });
    expect(refused).toMatchObject({ status: 400, body: [{ errorCode: 'FEATURENOTENABLED' }] });
    await org.control('PUT', '/settings', { bulkHardDelete: true });
    await ingest(org, { operation: 'hardDelete' }, `Id\n${hard}\n`);
    const all = await org.call(
      `/queryAll?q=${encodeURIComponent(`SELECT Id FROM Account WHERE Id IN ('${soft}', '${hard}')`)}`,
      { user: 'admin' },
    );
    expect(all.body).toMatchObject({ records: [{ Id: soft }] });
  });

  test('a lookup may name its parent by an external id, or a user by name', async () => {
    const [id] = await org.seed([{ Name: 'Parent', ERP_Code__c: 'B-1' }]);
    const rep = org.simulator.org.users.rep;
    const job = await ingest(
      org,
      { object: 'Contact', operation: 'insert' },
      `LastName,Account.ERP_Code__c,Owner.Username\nKnown,B-1,${rep.username}\nLost,B-9,\n`,
    );
    expect(await org.rows("SELECT AccountId, OwnerId FROM Contact WHERE LastName = 'Known'")).toMatchObject([
      { AccountId: id, OwnerId: rep.id },
    ]);
    expect(await readResults(org, job.id, 'failedResults')).toContain(
      'INVALID_FIELD:Foreign key external ID: B-9 not found for field ERP_Code__c in entity Account:--',
    );
  });

  test('a parent that its owner may not see is not found by an external id either', async () => {
    await org.seed([{ Name: 'Hidden', ERP_Code__c: 'B-2' }]);
    await org.control('PUT', '/settings', { sharing: { Account: 'Private' } });
    await org.call(`/sobjects/Account/ERP_Code__c/B-2`, {
      method: 'PATCH',
      user: 'admin',
      body: { OwnerId: org.simulator.org.users.admin.id },
    });
    const created = await org.call('/jobs/ingest', {
      method: 'POST',
      user: 'rep',
      body: { object: 'Contact', operation: 'insert' },
    });
    const { id } = created.body as { id: string };
    await upload(org, id, 'LastName,Account.ERP_Code__c\nA,B-2\n');
    await move(org, id, 'UploadComplete');
    expect(await waitForJob(org, 'ingest', id)).toMatchObject({ numberRecordsFailed: 1 });
    expect(await readResults(org, id, 'failedResults')).toContain('external ID: B-2 not found');
  });

  test('a cell that does not fit its field fails its row, and flags have many words', async () => {
    const job = await ingest(
      org,
      { operation: 'insert' },
      'Name,NumberOfEmployees,On_Credit_Hold__c\nBad,many,\nGood,5,YES\n',
    );
    expect(await readResults(org, job.id, 'failedResults')).toContain(
      `"INVALID_FIELD:Failed to deserialize field at col 1. Due to, 'many' is not a valid value for the type xsd:int:NumberOfEmployees --"`,
    );
    expect(await org.rows("SELECT On_Credit_Hold__c FROM Account WHERE Name = 'Good'")).toMatchObject([
      { On_Credit_Hold__c: true },
    ]);
  });

  test('faults of rows and maintenance befall jobs too; rows are counted through the whole job', async () => {
    const csv = `Name\n${Array.from({ length: 450 }, (_, row) => `R${row}`).join('\n')}\n`;
    await org.control('PUT', '/faults', [{ fault: 'rowError', rowIndex: 300 }]);
    const job = await ingest(org, { operation: 'insert' }, csv);
    expect(job).toMatchObject({ numberRecordsProcessed: 450, numberRecordsFailed: 1 });
    expect(await readResults(org, job.id, 'failedResults')).toContain(
      '"UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--",R300\n',
    );
    await org.control('PUT', '/faults', [{ match: { path: '/jobs/ingest/' }, fault: 'maintenance' }]);
    const second = await ingest(org, { operation: 'insert' }, 'Name\nX\n');
    expect(await readResults(org, second.id, 'failedResults')).toContain(
      'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
    );
  });

  test('requests are answered while a job runs', async () => {
    const id = await openJob(org, { operation: 'insert' });
    await upload(org, id, `Name\n${'X\n'.repeat(3000)}`);
    await move(org, id, 'UploadComplete');
    const states = new Set<string>();
    for (;;) {
      const { body } = await org.call(`/jobs/ingest/${id}`, { user: 'admin' });
      const { state, numberRecordsProcessed } = body as { state: string; numberRecordsProcessed: number };
      states.add(`${state} ${numberRecordsProcessed}`);
      if (state === 'JobComplete') break;
    }
    expect(states.size).toBeGreaterThan(2);
  });

  test('every 10,000 rows use a batch of the daily ones, and without one the rest is not processed', async () => {
    await org.control('PUT', '/settings', { dailyBulkApiBatches: 2 });
    const job = await ingest(org, { operation: 'delete' }, `Id\n${'x\n'.repeat(10_001)}`);
    expect(job).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 10_001 });
    expect((await org.call('/limits')).body).toMatchObject({ DailyBulkApiBatches: { Max: 2, Remaining: 0 } });
    const second = await ingest(org, { operation: 'insert' }, 'Name\nLate\n');
    expect(second).toMatchObject({
      state: 'Failed',
      errorMessage: 'ExceededQuota : ApiBatchItems Limit exceeded.',
    });
    expect(await readResults(org, second.id, 'unprocessedrecords')).toBe('Name\nLate\n');
  });
});
