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
