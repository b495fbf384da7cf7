import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const arm = (...faults: object[]) => org.control('PUT', '/faults', faults);

const json = 'application/json;charset=UTF-8';
const unavailable = { message: expect.any(String), errorCode: 'SERVER_UNAVAILABLE' };
const answers: [fault: object, status: number, type: string, body: unknown][] = [
  [{ fault: 'serverUnavailable' }, 503, json, [unavailable]],
  [{ fault: 'serverUnavailable', format: 'object', status: 502 }, 502, json, unavailable],
  [
    { fault: 'serverUnavailable', format: 'xml' },
    503,
    'application/xml;charset=UTF-8',
    /<errorCode>SERVER_UNAV/,
  ],
  [
    { fault: 'serverUnavailable', format: 'html', status: 504 },
    504,
    'text/html',
    /<h1>Gateway Timeout<\/h1>/,
  ],
  [{ fault: 'scratchOrgExpired' }, 420, 'text/html', /^<!DOCTYPE HTML>/],
  [{ fault: 'loginPage' }, 200, 'text/html', /<form name="login"/],
  [{ fault: 'emptyAnswer' }, 200, json, ''],
];

test.each(answers)('%j answers %d as %s', async (fault, status, type, body) => {
  await arm({ match: { path: '/limits' }, times: 1, ...fault });
  const reply = await org.call('/limits');
  expect([reply.status, reply.headers.get('content-type')]).toEqual([status, type]);
  if (body instanceof RegExp) expect(reply.body).toMatch(body);
  else expect(reply.body).toEqual(body);
  expect((await org.call('/limits')).status).toBe(200);
});

test('an answer can be replaced before the work or after it', async () => {
  const [id = ''] = await org.seed([{ Name: 'A' }]);
  const write = (phone: string) =>
    org.call(`/sobjects/Account/${id}`, { method: 'PATCH', user: 'admin', body: { Phone: phone } });
  const phone = async () => (await org.rows(`SELECT Phone FROM Account WHERE Id = '${id}'`))[0]?.Phone;
  await arm({ match: { method: 'PATCH' }, fault: 'unknownException' });
  expect((await write('1')).status).toBe(500);
  expect(await phone()).toBeNull();
  await arm({ match: { method: 'PATCH' }, fault: 'unknownException', afterWork: true });
  expect((await write('2')).status).toBe(500);
  expect(await phone()).toBe('2');
});

test('a redirect has the status that it is told', async () => {
  await arm({ fault: 'redirect', status: 307, location: 'http://127.0.0.1:9/' });
  const reply = await fetch(`${org.simulator.url}/services/data/v66.0/limits`, { redirect: 'manual' });
  expect([reply.status, reply.headers.get('location')]).toEqual([307, 'http://127.0.0.1:9/']);
});

test('a session that is refused by a fault works again after it, and an expired one does not', async () => {
  const { accessToken } = org.simulator.org.openSession();
  const ask = async () =>
    (
      await fetch(`${org.simulator.url}/services/data/v66.0/limits`, {
        headers: { authorization: `Bearer ${accessToken}` },
      })
    ).status;
  await arm({ fault: 'invalidSession', times: 1 });
  expect([await ask(), await ask()]).toEqual([401, 200]);
  await arm({ fault: 'expireSession', times: 1 });
  expect([await ask(), await ask()]).toEqual([401, 401]);
});

test('rows of an answer can be missing or there twice', async () => {
  await org.seed([{ Name: 'A' }]);
  const query = "/query?q=SELECT+Name+FROM+Account+WHERE+Name+IN+('A')";
  const records = async () =>
    ((await org.call(query, { user: 'admin' })).body as { records: unknown[]; totalSize: number }).records
      .length;
  await arm({ fault: 'dropRows' });
  expect(await records()).toBe(0);
  await arm({ fault: 'duplicateRows' });
  expect(await records()).toBe(2);
});

const mistakes: [fault: object, says: string][] = [
  [{ fault: 'explode' }, '0.fault: the faults are: status, serverUnavailable'],
  [{ fault: 'reset', speed: 1 }, '0: Unrecognized key: "speed"'],
  [{ fault: 'reset', match: { verb: 'GET' } }, '0.match: Unrecognized key: "verb"'],
  [{ fault: 'serverUnavailable', format: 'yaml' }, '0.format: '],
  [{ fault: 'wrongLength', by: 0 }, '0.by: a number other than 0 is needed'],
  [{ fault: 'reset', match: { probability: 2 } }, '0.match.probability: '],
  [{ fault: 'reset', match: { user: 'nobody' } }, '0.match.user: '],
];

test.each(mistakes)('the fault %j is refused with what is wrong', async (fault, says) => {
  const reply = await arm(fault);
  expect(reply.status).toBe(400);
  expect((reply.body as { error: string }).error).toContain(says);
});
