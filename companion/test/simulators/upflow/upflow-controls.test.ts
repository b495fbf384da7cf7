import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  startUpflowSimulator,
  type UpflowSimulator,
} from '../../../simulators/upflow/start-upflow-simulator.ts';

let upflow: UpflowSimulator;

beforeAll(async () => {
  upflow = await startUpflowSimulator({ connectionId: 'sample', pushSecret: `whsec_${'A'.repeat(32)}` });
});
afterAll(() => upflow.close());

async function control(method: string, path: string, body?: unknown) {
  const reply = await fetch(`${upflow.url}/_simulator${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

test('a customer can be removed once', async () => {
  await control('PUT', '/customers', [{ id: 'short-lived', name: 'A' }]);
  expect((await control('DELETE', '/customers/short-lived')).status).toBe(200);
  expect(await control('DELETE', '/customers/short-lived')).toEqual({
    status: 404,
    body: { error: 'there is no customer short-lived' },
  });
});

test('an unknown control call is not found, as JSON', async () => {
  expect(await control('GET', '/nothing')).toEqual({
    status: 404,
    body: { error: 'the simulator has no such control' },
  });
});

const mistakes: [body: unknown, says: string][] = [
  [[{ name: 'A' }], 'customers.0.id: '],
  [{ customers: [{ id: 'a', updatedAt: 'now' }] }, 'customers.0.updatedAt: '],
  [{ id: 'a' }, 'customers: '],
];

test.each(mistakes)('PUT customers with %j is refused with what is wrong', async (body, says) => {
  const reply = await control('PUT', '/customers', body);
  expect(reply.status).toBe(400);
  expect(reply.body.error).toEqual(expect.stringMatching(new RegExp(`^${says}.`)));
});
