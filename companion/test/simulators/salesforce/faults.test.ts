import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const arm = (...faults: object[]) => org.control('PUT', '/faults', faults);
const write = (id: string | undefined, phone: string) =>
  org.call(`/sobjects/Account/${String(id)}`, { method: 'PATCH', user: 'admin', body: { Phone: phone } });
const phoneOf = async (id: string | undefined): Promise<unknown> =>
  (await org.rows(`SELECT Phone FROM Account WHERE Id = '${String(id)}'`))[0]?.Phone;

test('status answers what it is told, as often as it is told, without doing the work', async () => {
  const [id] = await org.seed([{ Name: 'A' }]);
  const body = '<html>down</html>';
  await arm({
    match: { method: 'PATCH' },
    fault: 'status',
    status: 503,
    body,
    contentType: 'text/html',
    times: 1,
  });
  const reply = await write(id, '1');
  expect([reply.status, reply.body, reply.headers.get('content-type')]).toEqual([503, body, 'text/html']);
  expect(await phoneOf(id)).toBeNull();
  expect((await write(id, '2')).status).toBe(204);
  expect((await org.control('GET', '/faults')).body).toMatchObject([{ fault: 'status', fired: 1 }]);
});

test('reset closes the connection before the work, resetAfter after it', async () => {
  const [id] = await org.seed([{ Name: 'A' }]);
  await arm({ match: { method: 'PATCH' }, fault: 'reset', times: 1 });
  await expect(write(id, '1')).rejects.toThrow();
  expect(await phoneOf(id)).toBeNull();
  await arm({ match: { method: 'PATCH' }, fault: 'resetAfter', times: 1 });
  await expect(write(id, '2')).rejects.toThrow();
  expect(await phoneOf(id)).toBe('2');
});

test('stall sends headers and then nothing', async () => {
  await arm({ match: { path: '/limits' }, fault: 'stall' });
  const { accessToken } = org.simulator.org.openSession();
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${accessToken}` };
  const reply = await fetch(`${org.simulator.url}/services/data/v66.0/limits`, {
    headers,
    signal: stop.signal,
  });
  expect(reply.status).toBe(200);
  const body = reply.text();
  stop.abort();
  await expect(body).rejects.toThrow();
});

test('delay waits before the work', async () => {
  await arm({ fault: 'delay', ms: 60 });
  const start = performance.now();
  await org.call('/limits');
  expect(performance.now() - start).toBeGreaterThan(55);
});

describe('rowError', () => {
  const update = (ids: string[]) =>
    org.call('/composite/sobjects', {
      method: 'PATCH',
      body: {
        records: ids.map((id) => ({ attributes: { type: 'Account' }, id, upflow__Due_Invoices__c: 1 })),
      },
    });

  test('fails the rows it names, each as often as told, while the others are written', async () => {
    const [first = '', second = ''] = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
    await arm({ fault: 'rowError', accountIds: [second.slice(0, 15)], times: 1 });
    expect((await update([first, second])).body).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] },
    ]);
    expect((await update([first, second])).body).toMatchObject([{ success: true }, { success: true }]);
    expect((await org.control('GET', '/stats')).body).toMatchObject({ rowsWritten: 3, rowsFailed: 1 });
  });

  test('fails a row by its place, with the words it is given', async () => {
    const ids = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
    await arm({
      fault: 'rowError',
      rowIndex: 0,
      statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
      message: 'A flow failed.',
    });
    expect((await update(ids)).body).toMatchObject([
      {
        success: false,
        errors: [{ statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER', message: 'A flow failed.', fields: [] }],
      },
      { success: true },
    ]);
  });
});

test('expireSession ends the token that comes with the request', async () => {
  await arm({ match: { path: '/limits', nth: 2 }, fault: 'expireSession' });
  const { accessToken } = org.simulator.org.openSession();
  const headers = { authorization: `Bearer ${accessToken}` };
  const statuses = [];
  for (let call = 0; call < 3; call += 1) {
    statuses.push((await fetch(`${org.simulator.url}/services/data/v66.0/limits`, { headers })).status);
  }
  expect(statuses).toEqual([200, 401, 401]);
});

test('redirect sends the client elsewhere', async () => {
  await arm({ match: { path: 'lim.ts$' }, fault: 'redirect', location: 'http://127.0.0.1:9/elsewhere' });
  const reply = await fetch(`${org.simulator.url}/services/data/v66.0/limits`, { redirect: 'manual' });
  expect([reply.status, reply.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/elsewhere']);
});

test('cutJson answers half of the body, dropRows fewer rows than there are', async () => {
  await arm({ fault: 'cutJson', times: 1 });
  expect(typeof (await org.call('/limits')).body).toBe('string');
  const ids = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
  await arm({ fault: 'dropRows' });
  const reply = await org.call(`/composite/sobjects/Account?ids=${ids.join(',')}&fields=Name`);
  expect(reply.body).toHaveLength(1);
});

test('maintenance fails writes and lets reads through', async () => {
  const [id] = await org.seed([{ Name: 'A' }]);
  await arm({ fault: 'maintenance' });
  const errorCode = 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE';
  expect(await write(id, '1')).toMatchObject({ status: 400, body: [{ errorCode }] });
  const record = { attributes: { type: 'Account' }, id };
  const rows = await org.call('/composite/sobjects', { method: 'PATCH', body: { records: [record] } });
  expect(rows.body).toMatchObject([{ success: false, errors: [{ statusCode: errorCode }] }]);
  expect(await phoneOf(id)).toBeNull();
});
