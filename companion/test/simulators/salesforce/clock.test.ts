import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ingest, openJob } from './bulk-jobs.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
const DAY = 24 * 60;
const DAY_IN_MS = DAY * 60_000;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  await org.control('PUT', '/settings', { sessionMinutes: 400 * DAY });
});
afterAll(() => org.close());

const admin = (path: string, request: object = {}) => org.call(path, { user: 'admin', ...request });
const now = async (): Promise<number> =>
  Date.parse(((await org.control('GET', '/clock')).body as { now: string }).now);

describe('when the clock is moved ahead', () => {
  test('records get the stamps of the new time, and date literals count from it', async () => {
    const [early = ''] = await org.seed([{ Name: 'Early' }]);
    await org.advance(10 * DAY);
    const [late = ''] = await org.seed([{ Name: 'Late' }]);
    const [row] = await org.rows(`SELECT CreatedDate, SystemModstamp FROM Account WHERE Id = '${late}'`);
    expect(Math.abs(Date.parse(String(row?.SystemModstamp)) - (await now()))).toBeLessThan(60_000);
    expect(row?.CreatedDate).toBe(row?.SystemModstamp);
    const names = "Id IN ('" + [early, late].join("','") + "')";
    expect(
      await org.rows(`SELECT Name FROM Account WHERE CreatedDate = LAST_N_DAYS:5 AND ${names}`),
    ).toMatchObject([{ Name: 'Late' }]);
  });

  test('the further pages of a query end after two days', async () => {
    await org.control('PUT', '/settings', { queryPageSize: 10 });
    const { body } = await admin('/query?q=SELECT+Id+FROM+Account');
    const next = (body as { nextRecordsUrl: string }).nextRecordsUrl.replace('/services/data/v66.0', '');
    await org.advance(2 * DAY - 1);
    expect((await admin(next)).status).toBe(200);
    await org.advance(1);
    expect(await admin(next)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] });
  });

  test('a bulk job is gone after seven days, from the list as well', async () => {
    const { id } = await ingest(org, { operation: 'insert' }, 'Name\nA\n');
    await org.advance(7 * DAY - 1);
    expect((await admin(`/jobs/ingest/${id}`)).status).toBe(200);
    await org.advance(2);
    expect((await admin(`/jobs/ingest/${id}`)).status).toBe(404);
    expect((await admin('/jobs/ingest')).body).toMatchObject({ records: [] });
    await openJob(org, { operation: 'insert' });
    expect(org.simulator.org.store.get('_bulk_job', id)).toBeUndefined();
  });

  test('a day later the batches and query jobs of the Bulk API can be used again', async () => {
    await org.control('PUT', '/settings', { dailyBulkV2QueryJobs: 1, dailyBulkApiBatches: 1 });
    const body = { operation: 'query', query: 'SELECT Id FROM Account' };
    const query = async () => (await admin('/jobs/query', { method: 'POST', body })).status;
    const insert = async () => (await ingest(org, { operation: 'insert' }, 'Name\nA\n')).state;
    expect([await query(), await query(), await insert(), await insert()]).toEqual([
      200,
      400,
      'JobComplete',
      'Failed',
    ]);
    await org.advance(DAY);
    expect([await query(), await insert()]).toEqual([200, 'JobComplete']);
  });

  test('replication reaches back from the new time', async () => {
    const [id = ''] = await org.seed([{ Name: 'Gone' }]);
    await admin(`/sobjects/Account/${id}`, { method: 'DELETE' });
    const start = encodeURIComponent(new Date(Date.now() - DAY_IN_MS).toISOString());
    const end = encodeURIComponent(new Date(Date.now() + DAY_IN_MS).toISOString());
    const deleted = () => admin(`/sobjects/Account/deleted?start=${start}&end=${end}`);
    expect((await deleted()).body).toMatchObject({ deletedRecords: [{ id }] });
    await org.advance(16 * DAY);
    expect((await deleted()).body).toMatchObject({ deletedRecords: [] });
    await org.advance(15 * DAY);
    expect(await deleted()).toMatchObject({ body: [{ errorCode: 'INVALID_REPLICATION_DATE' }] });
  });

  test('the log, describes and tokens tell the new time', async () => {
    await org.advance(DAY);
    await org.control('PUT', '/settings', { labels: { 'Account.Phone': 'Telephone' } });
    const described = await admin('/sobjects/Account/describe');
    const { body } = await org.control('GET', '/calls');
    const at = (body as { calls: { at: string }[] }).calls[0]?.at ?? '';
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: org.simulator.clientId,
      client_secret: org.simulator.clientSecret,
    });
    const reply = await fetch(`${org.simulator.url}/services/oauth2/token`, { method: 'POST', body: form });
    const token = (await reply.json()) as { issued_at: string };
    const told = [described.headers.get('last-modified') ?? '', at].map((text) => Date.parse(text));
    for (const time of [...told, Number(token.issued_at)])
      expect(Math.abs(time - (await now()))).toBeLessThan(60_000);
  });
});

test('a reset brings back the time of this machine, and ends open queries', async () => {
  await org.control('PUT', '/settings', { queryPageSize: 10 });
  const { body } = await admin('/query?q=SELECT+Id+FROM+Account');
  await org.advance(DAY);
  await org.control('POST', '/reset');
  expect(Math.abs((await now()) - Date.now())).toBeLessThan(60_000);
  const [row] = await org.rows('SELECT SystemModstamp FROM PermissionSet LIMIT 1');
  expect(Date.parse(String(row?.SystemModstamp))).toBeLessThan(Date.now() + 60_000);
  const next = (body as { nextRecordsUrl: string }).nextRecordsUrl.replace('/services/data/v66.0', '');
  expect((await admin(next)).status).toBe(400);
});
