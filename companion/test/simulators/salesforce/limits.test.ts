import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const HOUR_IN_MS = 3_600_000;
const settings = (changes: object) => org.control('PUT', '/settings', changes);
const refused = (message: string) => ({
  status: 403,
  body: [{ message, errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
});

/** How long a call takes. */
async function time(path: string, request: Parameters<TestOrg['call']>[1] = {}): Promise<number> {
  const start = performance.now();
  await org.call(path, request);
  return performance.now() - start;
}

describe('the daily limit', () => {
  test('counts the calls of the last 24 hours and forgets older ones', async () => {
    await settings({ dailyApiRequests: 100, sessionMinutes: 2 * 24 * 60 });
    await org.control('PUT', '/usage', { apiRequests: 99 });
    const last = await org.call('/limits');
    expect(last.headers.get('sforce-limit-info')).toBe('api-usage=100/100');
    expect(last.body).toMatchObject({ DailyApiRequests: { Max: 100, Remaining: 0 } });
    expect(await org.call('/limits')).toMatchObject(refused('TotalRequests Limit exceeded.'));
    await org.advance(23 * 60);
    expect((await org.call('/limits')).status).toBe(403);
    await org.advance(60);
    const next = await org.call('/limits');
    expect([next.status, next.headers.get('sforce-limit-info')]).toEqual([200, 'api-usage=1/100']);
  });

  test('is shown with that of the app, where there is one', async () => {
    await settings({ perAppApiRequests: { appName: 'upflow', max: 250 } });
    const reply = await org.call('/limits');
    expect(reply.headers.get('sforce-limit-info')).toBe(
      'api-usage=1/100000; per-app-api-usage=1/250(appName=upflow)',
    );
  });

  test('says nothing of when it ends', async () => {
    await settings({ dailyApiRequests: 0 });
    expect((await org.call('/limits')).headers.get('retry-after')).toBeNull();
  });
});

describe('long-running calls', () => {
  test('are refused when there are too many already, and are welcome after those', async () => {
    await settings({ concurrentLongRequests: 2, longRequestMs: 0 });
    const { running } = org.simulator.org;
    const ends = [running.start(), running.start()];
    expect(await org.call('/limits')).toMatchObject(refused('ConcurrentPerOrgLongTxn Limit exceeded.'));
    for (const end of ends) end();
    expect((await org.call('/limits')).status).toBe(200);
  });

  test('are those that take their time, and are no trouble before they have run for long', async () => {
    await settings({ concurrentLongRequests: 1, latencyMsByApi: { describe: 1000 } });
    const slow = org.call('/sobjects');
    while (org.simulator.org.running.countLongerThan(0) < 1) await org.control('GET', '/stats');
    expect((await org.call('/limits')).status).toBe(200);
    await settings({ longRequestMs: 0 });
    expect((await org.call('/limits')).status).toBe(403);
    expect((await slow).status).toBe(200);
  });

  test('are given up after a time, with all that they did', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await settings({ callTimeoutMs: 30, latencyMs: 60_000 });
    const reply = await org.call(`/sobjects/Account/${id}`, {
      method: 'PATCH',
      user: 'admin',
      body: { Phone: '1' },
    });
    expect(reply).toMatchObject({ status: 500, body: [{ errorCode: 'REQUEST_RUNNING_TOO_LONG' }] });
    await settings({ latencyMs: 0 });
    expect(await org.rows(`SELECT Phone FROM Account WHERE Id = '${id}'`)).toMatchObject([{ Phone: null }]);
  });
});

describe('latency', () => {
  test('can differ from call to call, within its bounds, and is the same after a reset', async () => {
    const draw = async () => {
      await org.control('POST', '/reset');
      await settings({ latencyMs: { min: 0, max: 1000 } });
      const { jitter } = org.simulator.org;
      return [jitter(), jitter(), jitter()];
    };
    const first = await draw();
    expect(new Set(first).size).toBe(3);
    expect(await draw()).toEqual(first);
    await settings({ latencyMs: { min: 40, max: 50 } });
    expect(await time('/limits')).toBeGreaterThan(35);
  });

  test('can be that of one part of the API', async () => {
    await settings({ latencyMsByApi: { query: 500 } });
    expect(await time('/query?q=SELECT+Id+FROM+Account+LIMIT+1')).toBeGreaterThan(490);
    expect(await time('/limits')).toBeLessThan(490);
  });

  test('delays an error as well', async () => {
    await settings({ latencyMs: 60 });
    expect(await time('/nothing')).toBeGreaterThan(55);
  });
});

describe('maintenance', () => {
  const write = (id: string) =>
    org.call(`/sobjects/Account/${id}`, { method: 'PATCH', user: 'admin', body: { Phone: '1' } });

  test('can be planned, and ends as planned', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await settings({ maintenance: { startsInMs: HOUR_IN_MS, lastsMs: HOUR_IN_MS } });
    const statuses = [(await write(id)).status];
    await org.advance(90);
    // Another change of settings does not put it off.
    await settings({ perRowMs: 0 });
    statuses.push(
      (await write(id)).status,
      (await org.call(`/sobjects/Account/${id}`, { user: 'admin' })).status,
    );
    await org.advance(60);
    statuses.push((await write(id)).status);
    expect(statuses).toEqual([204, 400, 200, 204]);
  });

  test('lasts as long as its setting', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await settings({ maintenance: true });
    expect(await write(id)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE' }],
    });
    await settings({ maintenance: false });
    expect((await write(id)).status).toBe(204);
  });
});

const mistakes: [path: string, body: unknown, says: string][] = [
  ['/settings', { latencyMs: { min: 5 } }, 'latencyMs: a number of milliseconds is needed, or { min, max }'],
  ['/settings', { latencyMs: { min: 5, max: 1 } }, 'latencyMs: '],
  ['/settings', { latencyMsByApi: { nothing: 1 } }, 'latencyMsByApi'],
  ['/settings', { maintenance: 'soon' }, 'maintenance: true or false is needed, or { startsInMs, lastsMs }'],
  ['/clock', { advanceMs: -1 }, 'advanceMs: '],
  ['/usage', { calls: 1 }, 'Unrecognized key: "calls"'],
];

test.each(mistakes)('PUT %s with %j is refused with what is wrong', async (path, body, says) => {
  const reply = await org.control('PUT', path, body);
  expect(reply.status).toBe(400);
  expect((reply.body as { error: string }).error).toContain(says);
});
