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

describe('the life of a job', () => {
  test('create answers 200, upload 201 without a body, and closing a short body', async () => {
    const created = await org.call('/jobs/ingest', {
      method: 'POST',
      user: 'admin',
      body: { object: 'account', operation: 'insert' },
    });
    expect(created).toMatchObject({
      status: 200,
      body: { object: 'Account', state: 'Open', lineEnding: 'LF', columnDelimiter: 'COMMA' },
    });
    const { id, contentUrl } = created.body as { id: string; contentUrl: string };
    expect(contentUrl).toBe(`services/data/v66.0/jobs/ingest/${id}/batches`);
    expect(await upload(org, id, 'Name\nA\n')).toMatchObject({ status: 201, body: '' });
    const closed = await move(org, id, 'UploadComplete');
    expect(closed).toMatchObject({ status: 200, body: { id, state: 'UploadComplete' } });
    expect(closed.body).not.toHaveProperty('lineEnding');
    expect(await waitForJob(org, 'ingest', id)).toMatchObject({
      state: 'JobComplete',
      jobType: 'V2Ingest',
      numberRecordsProcessed: 1,
      numberRecordsFailed: 0,
      retries: 0,
      apexProcessingTime: 0,
    });
  });

  test('nothing runs before the upload is said to be complete', async () => {
    const id = await openJob(org, { operation: 'insert' });
    await upload(org, id, 'Name,ERP_Code__c\nA,B-1\n');
    await new Promise((resolve) => setImmediate(resolve));
    expect((await org.call(`/jobs/ingest/${id}`, { user: 'admin' })).body).toMatchObject({ state: 'Open' });
    expect(await accounts('B-%')).toEqual([]);
  });

  test('a multipart request brings the data with it', async () => {
    const body = [
      '--B',
      'Content-Type: application/json',
      'Content-Disposition: form-data; name="job"',
      '',
      '{"object":"Account","operation":"insert"}',
      '',
      '--B',
      'Content-Type: text/csv',
      'Content-Disposition: form-data; name="content"; filename="content"',
      '',
      'Name,ERP_Code__c',
      'One,B-1',
      'Two,B-2',
      '--B--',
    ].join('\n');
    const headers = { 'content-type': 'multipart/form-data; boundary="B"' };
    const reply = await org.call('/jobs/ingest', { method: 'POST', user: 'admin', headers, body });
    expect(reply).toMatchObject({ status: 200, body: { state: 'UploadComplete' } });
    await waitForJob(org, 'ingest', (reply.body as { id: string }).id);
    expect(await accounts('B-%')).toMatchObject([{ Name: 'One' }, { Name: 'Two' }]);
  });

  test('an aborted job does no more, and shows the rows that it did not come to', async () => {
    await org.control('PUT', '/settings', { bulkStateMs: 60_000 });
    const id = await openJob(org, { operation: 'insert' });
    await upload(org, id, 'Name,ERP_Code__c\n"A, ""B""",B-1\nC,B-2\n');
    await move(org, id, 'UploadComplete');
    expect(await move(org, id, 'Aborted')).toMatchObject({ status: 200, body: { state: 'Aborted' } });
    expect(await readResults(org, id, 'unprocessedrecords')).toBe(
      'Name,ERP_Code__c\n"A, ""B""",B-1\nC,B-2\n',
    );
    expect(await move(org, id, 'Aborted')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALIDJOBSTATE', message: 'Aborting already Aborted Job not allowed' }],
    });
  });

  test('a job is deleted with 204, but not while it is open', async () => {
    const id = await openJob(org, { operation: 'insert' });
    const remove = () => org.call(`/jobs/ingest/${id}`, { method: 'DELETE', user: 'admin' });
    expect(await remove()).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: 'API_ERROR',
          message: 'Error encountered when deleting the job because the job is not terminated',
        },
      ],
    });
    await move(org, id, 'Aborted');
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });

  test('a job is gone after seven days', async () => {
    const { id } = await ingest(org, { operation: 'insert' }, 'Name\nA\n');
    const store = org.simulator.org.store;
    store.put('_bulk_job', id, { createdDate: '2020-01-01T00:00:00.000+0000' });
    store.commit();
    expect((await org.call(`/jobs/ingest/${id}`, { user: 'admin' })).status).toBe(404);
    await openJob(org, { operation: 'insert' });
    expect(store.get('_bulk_job', id)).toBeUndefined();
  });

  test('lists show all jobs page by page, by type where one is asked for', async () => {
    await org.control('PUT', '/settings', { bulkListSize: 2 });
    for (let count = 0; count < 3; count += 1) await openJob(org, { operation: 'insert' });
    const first = await org.call('/jobs/ingest?jobType=V2Ingest&isPkChunkingEnabled=false');
    expect(first.body).toMatchObject({ done: false, records: [{ jobType: 'V2Ingest' }, {}] });
    const { nextRecordsUrl } = first.body as { nextRecordsUrl: string };
    expect(nextRecordsUrl).toMatch(/^\/services\/data\/v66\.0\/jobs\/ingest\?/);
    const second = await org.call(nextRecordsUrl.replace('/services/data/v66.0', ''));
    expect(second.body).toMatchObject({ done: true, nextRecordsUrl: null, records: [{ state: 'Open' }] });
    expect((await org.call('/jobs/ingest?jobType=Classic')).body).toMatchObject({ records: [] });
    expect((await org.call('/jobs/ingest?isPkChunkingEnabled=true')).body).toMatchObject({ records: [] });
  });
});

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

describe('what fails a whole job', () => {
  const failures: [what: string, job: object, csv: string, errorMessage: string][] = [
    [
      'CRLF where LF is announced',
      { lineEnding: 'LF' },
      'Name\r\nA\r\n',
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    ],
    [
      'LF where CRLF is announced',
      { lineEnding: 'CRLF' },
      '"Na\r\nme"\nA\n',
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is CRLF',
    ],
    ['an unknown column', {}, 'Name,Nope__c\nA,1\n', 'InvalidBatch : Field name not found : Nope__c'],
    [
      'another delimiter than announced',
      { columnDelimiter: 'PIPE' },
      'Name,Phone\nA,1\n',
      'InvalidBatch : Field name not found : Name,Phone',
    ],
  ];

  test.each(failures)('%s', async (_what, job, csv, errorMessage) => {
    const failed = await ingest(org, { operation: 'insert', ...job }, csv);
    expect(failed).toMatchObject({ state: 'Failed', errorMessage, numberRecordsProcessed: 0 });
  });

  test('a quote that is never closed', async () => {
    const failed = await ingest(org, { operation: 'insert' }, 'Name\n"A\n');
    expect(failed.state).toBe('Failed');
    expect(failed.errorMessage).toMatch(/^ClientInputError : /);
  });

  test('field-level security hides a column from a job as from any other write', async () => {
    await org.control('PUT', '/settings', { permissionSets: { admin: [] } });
    const failed = await ingest(org, { operation: 'insert' }, 'Name,upflow__Due_Amount__c\nA,1\n');
    expect(failed.errorMessage).toBe('InvalidBatch : Field name not found : upflow__Due_Amount__c');
  });
});

describe('what is refused', () => {
  const create = (body: object) => org.call('/jobs/ingest', { method: 'POST', user: 'admin', body });

  test('jobs that cannot be', async () => {
    const key = { object: 'Account', operation: 'upsert' };
    const codes = [
      await create({ object: 'Nothing__c', operation: 'insert' }),
      await create(key),
      await create({ ...key, externalIdFieldName: 'Phone' }),
      await create({ object: 'Account', operation: 'destroy' }),
      await create({ object: 'Account', operation: 'insert', columnDelimiter: 'HASH' }),
    ].map(({ status, body }) => [status, (body as { errorCode: string }[])[0]?.errorCode]);
    expect(codes).toEqual([
      [400, 'INVALIDJOB'],
      [400, 'INVALIDJOB'],
      [400, 'INVALIDJOB'],
      [400, 'API_ERROR'],
      [400, 'API_ERROR'],
    ]);
  });

  test('a second upload, one to a job that is closed, and one that is too large', async () => {
    const id = await openJob(org, { operation: 'insert' });
    await org.control('PUT', '/settings', { bulkUploadBytes: 20 });
    expect((await upload(org, id, `Name\n${'x'.repeat(20)}\n`)).status).toBe(413);
    expect((await upload(org, id, 'Name\nA\n')).status).toBe(201);
    const again = await upload(org, id, 'Name\nB\n');
    expect(again).toMatchObject({ status: 400, body: [{ errorCode: 'INVALIDJOBSTATE' }] });
    expect(JSON.stringify(again.body)).toContain('Found multiple contents for job');
    await move(org, id, 'UploadComplete');
    expect((await upload(org, id, 'Name\nC\n')).status).toBe(400);
    await waitForJob(org, 'ingest', id);
    expect(await move(org, id, 'UploadComplete')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALIDJOBSTATE', message: 'Closing already Completed Job not allowed' }],
    });
  });

  test("another user's job may be read but not changed", async () => {
    const id = await openJob(org, { operation: 'insert' });
    expect((await org.call(`/jobs/ingest/${id}`)).status).toBe(200);
    expect(
      await org.call(`/jobs/ingest/${id}`, { method: 'PATCH', body: { state: 'UploadComplete' } }),
    ).toMatchObject({ status: 400, body: [{ errorCode: 'INVALIDUSER' }] });
  });
});
