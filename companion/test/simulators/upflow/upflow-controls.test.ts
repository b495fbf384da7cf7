import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openUpflow } from './open-upflow.ts';

let upflow: Awaited<ReturnType<typeof openUpflow>>;

beforeAll(async () => {
  upflow = await openUpflow();
});
afterAll(() => upflow.close());

test('a customer can be removed once', async () => {
  await upflow.control('PUT', '/customers', [{ id: 'short-lived', name: 'A' }]);
  expect((await upflow.control('DELETE', '/customers/short-lived')).status).toBe(200);
  expect(await upflow.control('DELETE', '/customers/short-lived')).toMatchObject({
    status: 404,
    body: { error: 'there is no customer short-lived' },
  });
});

test('an unknown control call is not found, as JSON', async () => {
  expect(await upflow.control('GET', '/nothing')).toMatchObject({
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
  const reply = await upflow.control('PUT', '/customers', body);
  expect(reply.status).toBe(400);
  expect(reply.body.error).toEqual(expect.stringMatching(new RegExp(`^${says}.`)));
});
