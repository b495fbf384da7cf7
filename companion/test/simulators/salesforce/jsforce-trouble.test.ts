import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

function connect(user: 'admin' | 'integration' = 'admin', version = '66.0'): Connection {
  const { accessToken, instanceUrl } = org.simulator.org.openSession(user);
  return new Connection({ instanceUrl, accessToken, version });
}

const arm = (...faults: object[]) => org.control('PUT', '/faults', faults);
const fired = async () => ((await org.control('GET', '/faults')).body as { fired: number }[])[0]?.fired;

/** jsforce waits half a second before it tries again, and twice as long each time; here it does so at once. */
const impatient = { retry: { minTimeout: 1 } };

interface JsforceError extends Error {
  errorCode?: string;
  data?: unknown;
}

async function failure(work: PromiseLike<unknown>): Promise<JsforceError> {
  try {
    await work;
  } catch (error) {
    return error as JsforceError;
  }
  throw new Error('the call did not fail');
}

describe('jsforce repeats by itself', () => {
  test.each([429, 500, 502, 503, 504])('a GET that answers %d, up to five times', async (status) => {
    await arm({
      match: { path: '/limits' },
      fault: 'status',
      status,
      body: [{ errorCode: 'X', message: 'x' }],
    });
    expect((await failure(connect().request('/limits', impatient))).errorCode).toBe('X');
    expect(await fired()).toBe(6);
  });

  test('a GET that answers 420, twice', async () => {
    await arm({ match: { path: '/limits' }, fault: 'scratchOrgExpired' });
    const error = await failure(connect().request('/limits', impatient));
    expect(error.errorCode).toBe('ERROR_HTTP_420');
    expect(await fired()).toBe(3);
  });

  test('a GET whose connection is closed, so that the caller never hears of it', async () => {
    await arm({ match: { path: '/limits' }, fault: 'reset', times: 2 });
    expect(await connect().request('/limits', impatient)).toHaveProperty('DailyApiRequests');
    expect(await fired()).toBe(2);
  });

  test('a 503 that comes once, so that the caller never hears of it', async () => {
    await arm({ match: { path: '/query' }, fault: 'serverUnavailable', times: 1 });
    expect((await connect().query('SELECT Id FROM Account')).totalSize).toBeGreaterThan(0);
    expect(await fired()).toBe(1);
  });

  test('neither POST nor PATCH', async () => {
    const conn = connect();
    await arm({ match: { method: 'POST' }, fault: 'serverUnavailable' });
    expect((await failure(conn.sobject('Account').create({ Name: 'A' }))).name).toBe('SERVER_UNAVAILABLE');
    expect(await fired()).toBe(1);
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await arm({ match: { method: 'PATCH' }, fault: 'serverUnavailable' });
    expect((await failure(conn.sobject('Account').update({ Id: id, Phone: '1' }))).name).toBe(
      'SERVER_UNAVAILABLE',
    );
    expect(await fired()).toBe(1);
  });
});

describe('a session that is refused', () => {
  const refreshing = (onRefresh: () => void): Connection => {
    const { accessToken, instanceUrl } = org.simulator.org.openSession('admin');
    return new Connection({
      instanceUrl,
      accessToken,
      version: '66.0',
      refreshFn: (_conn, done) => {
        onRefresh();
        done(null, org.simulator.org.openSession('admin').accessToken);
      },
    });
  };

  test('once is refreshed once, and the caller never hears of it', async () => {
    let refreshes = 0;
    await arm({ fault: 'expireSession', times: 1 });
    await refreshing(() => (refreshes += 1)).request('/limits');
    expect(refreshes).toBe(1);
  });

  test('always is refreshed again and again, without end', async () => {
    const enough = 20;
    let refreshes = 0;
    await arm({ fault: 'expireSession' });
    const conn = refreshing(() => {
      refreshes += 1;
      if (refreshes === enough) org.simulator.org.faults.replace([]);
    });
    await conn.request('/limits');
    expect(refreshes).toBe(enough);
  });

  test.each(['notForRest', 'notAttachedToAgent'])('because it is %s is not refreshed', async (reason) => {
    let refreshes = 0;
    await arm({ fault: 'invalidSession', reason });
    const error = await failure(refreshing(() => (refreshes += 1)).request('/limits'));
    expect([error.errorCode, refreshes]).toEqual(['INVALID_SESSION_ID', 0]);
  });
});

describe('jsforce names', () => {
  test('several errors in one answer MULTIPLE_API_ERRORS', async () => {
    const rule = (name: string) => ({ name, field: 'Phone', whenEquals: 'bad', message: `${name} fired` });
    await org.control('PUT', '/settings', { validationRules: [rule('One'), rule('Two')] });
    const error = await failure(connect().sobject('Account').create({ Name: 'A', Phone: 'bad' }));
    expect(error.errorCode).toBe('MULTIPLE_API_ERRORS');
    expect(error.data).toMatchObject([{ message: 'One fired' }, { message: 'Two fired' }]);
  });

  test('a body that is no error of the API by its status', async () => {
    await arm({
      match: { method: 'POST' },
      fault: 'status',
      status: 503,
      body: 'down',
      contentType: 'text/plain',
    });
    const error = await failure(connect().sobject('Account').create({ Name: 'A' }));
    expect([error.errorCode, error.message]).toEqual(['ERROR_HTTP_503', 'down']);
  });

  test.each([
    ['text/html', 'HTTP response contains html content.'],
    ['text/html; charset=utf-8', '<html></html>'],
  ])('HTML only when its type is text/html and no more: %s', async (contentType, says) => {
    await arm({
      match: { method: 'POST' },
      fault: 'status',
      status: 503,
      body: '<html></html>',
      contentType,
    });
    const error = await failure(connect().sobject('Account').create({ Name: 'A' }));
    expect(error.errorCode).toBe('ERROR_HTTP_503');
    expect(error.message).toContain(says);
  });

  test('an external id that several records have MULTIPLE_CHOICES', async () => {
    await org.seed([
      { Name: 'A', ERP_Code__c: 'same' },
      { Name: 'B', ERP_Code__c: 'same' },
    ]);
    const error = await failure(
      connect().sobject('Account').upsert({ ERP_Code__c: 'same', Phone: '1' }, 'ERP_Code__c'),
    );
    expect([error.name, error.errorCode]).toEqual(['MULTIPLE_CHOICES', 'MULTIPLE_CHOICES']);
    expect(error.data).toHaveLength(2);
  });
});

test.each([
  ['array', 'SERVER_UNAVAILABLE'],
  ['object', 'SERVER_UNAVAILABLE'],
  ['xml', 'SERVER_UNAVAILABLE'],
  ['html', 'ERROR_HTTP_503'],
])('jsforce reads an unavailable server that answers as %s', async (format, code) => {
  await arm({ match: { method: 'POST' }, fault: 'serverUnavailable', format });
  expect((await failure(connect().sobject('Account').create({ Name: 'A' }))).errorCode).toBe(code);
});

test('jsforce knows the usage that the header tells, with an app beside it', async () => {
  await org.control('PUT', '/settings', {
    perAppApiRequests: { appName: 'x', max: 9 },
    dailyApiRequests: 50,
  });
  const conn = connect();
  await conn.limits();
  expect(conn.limitInfo.apiUsage).toEqual({ used: 1, limit: 50 });
});

test('jsforce takes a row that is locked for a row that failed', async () => {
  const [id = ''] = await org.seed([{ Name: 'A' }]);
  await org.control('PUT', '/settings', { lockWaitMs: 5 });
  await org.control('POST', '/locks', { ids: [id], ms: 60_000 });
  const [row] = await connect()
    .sobject('Account')
    .update([{ Id: id, Phone: '1' }]);
  expect(row).toMatchObject({ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] });
});
