import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { askRaw, type RawReply } from './ask-raw.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const arm = (...faults: object[]) => org.control('PUT', '/faults', faults);
const ask = (enoughBytes = Infinity): Promise<RawReply> => {
  const { accessToken } = org.simulator.org.openSession();
  const headers = { authorization: `Bearer ${accessToken}` };
  return askRaw(`${org.simulator.url}/services/data/v66.0/limits`, { headers, enoughBytes });
};

/** The body as it is without a fault; the number of calls in it has no bearing on its length. */
const wholeLength = async () => (await ask()).bytes.length;

test('wrongLength announces more than there is', async () => {
  const whole = await wholeLength();
  await arm({ fault: 'wrongLength', by: 10 });
  const reply = await ask();
  expect(Number(reply.headers['content-length'])).toBe(whole + 10);
  expect([reply.bytes.length, reply.broken]).toEqual([whole, true]);
});

test('wrongLength announces less than there is', async () => {
  await arm({ fault: 'wrongLength', by: -10 });
  const reply = await org.call('/limits', { headers: { 'accept-encoding': 'identity' } });
  expect(typeof reply.body).toBe('string');
  expect(reply.body).toHaveLength(Number(reply.headers.get('content-length')));
});

test('stallBody sends half of the body and leaves the connection open', async () => {
  const half = Math.floor((await wholeLength()) / 2);
  await arm({ fault: 'stallBody' });
  const reply = await ask(half);
  expect([reply.status, reply.bytes.length, reply.broken]).toEqual([200, half, false]);
});

test('resetMidBody breaks the connection after half of the body', async () => {
  const half = Math.floor((await wholeLength()) / 2);
  await arm({ fault: 'resetMidBody' });
  const reply = await ask();
  expect([reply.bytes.length, reply.broken]).toEqual([half, true]);
});

test('slowBody sends the body in pieces, all of it', async () => {
  const whole = await wholeLength();
  await arm({ fault: 'slowBody', bytes: 200, everyMs: 5 });
  const reply = await ask();
  expect(reply.bytes.length).toBe(whole);
  expect(reply.pieces).toBeGreaterThan(2);
});

test('cutGzip ends in the middle of the compressed body', async () => {
  await arm({ fault: 'cutGzip' });
  const reply = await ask();
  expect([reply.status, reply.headers['content-encoding'], reply.broken]).toEqual([200, 'gzip', false]);
  expect(() => gunzipSync(reply.bytes)).toThrow();
});
