import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Reply, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const lock = (ids: string[], ms: number) => org.control('POST', '/locks', { ids, ms });
const settings = (changes: object) => org.control('PUT', '/settings', changes);
const changePhone = (id: string, phone = '1') =>
  org.call(`/sobjects/Account/${id}`, { method: 'PATCH', user: 'admin', body: { Phone: phone } });
const createContact = (accountId: string) =>
  org.call('/sobjects/Contact', {
    method: 'POST',
    user: 'admin',
    body: { LastName: 'Writer', AccountId: accountId },
  });

async function timed(work: () => Promise<Reply>): Promise<{ status: number; ms: number; body: unknown }> {
  const start = performance.now();
  const { status, body } = await work();
  return { status, body, ms: performance.now() - start };
}

/** Waits until the first of two requests has locked its rows. */
async function untilLocked(): Promise<void> {
  while (((await org.control('GET', '/locks')).body as unknown[]).length === 0);
}

describe('a record that somebody holds', () => {
  test('is written once the holder lets go, if that is soon enough', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await lock([id], 150);
    const { status, ms } = await timed(() => changePhone(id));
    expect(status).toBe(204);
    expect(ms).toBeGreaterThan(100);
  });

  test('is not written if the holder takes too long, and the writer waits in vain first', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await settings({ lockWaitMs: 80 });
    await lock([id], 60_000);
    const { status, body, ms } = await timed(() => changePhone(id));
    expect([status, body]).toEqual([
      400,
      [
        {
          errorCode: 'UNABLE_TO_LOCK_ROW',
          message: `unable to obtain exclusive access to this record or 1 records: ${id}`,
          fields: [],
        },
      ],
    ]);
    expect(ms).toBeGreaterThan(75);
    expect(await org.rows(`SELECT Phone FROM Account WHERE Id = '${id}'`)).toMatchObject([{ Phone: null }]);
  });

  test('fails its own row of a collection alone', async () => {
    const [held = '', free = ''] = await org.seed([{ Name: 'A' }, { Name: 'B' }]);
    await settings({ lockWaitMs: 10 });
    await lock([held], 60_000);
    const records = [held, free].map((id) => ({
      attributes: { type: 'Account' },
      id,
      upflow__Due_Invoices__c: 1,
    }));
    const reply = await org.call('/composite/sobjects', { method: 'PATCH', body: { records } });
    expect(reply.body).toMatchObject([
      { success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] },
      { success: true },
    ]);
  });

  test('can still be read, and is free again once the locks are lifted', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await lock([id.slice(0, 15)], 60_000);
    expect((await org.call(`/sobjects/Account/${id}`, { user: 'admin' })).status).toBe(200);
    expect((await org.control('GET', '/locks')).body).toMatchObject([{ id }]);
    await org.control('DELETE', '/locks');
    expect((await timed(() => changePhone(id))).ms).toBeLessThan(5000);
  });
});

describe('two writers', () => {
  test('on one record come one after the other', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await settings({ latencyMs: 120 });
    const first = timed(() => changePhone(id, '1'));
    await untilLocked();
    const second = timed(() => changePhone(id, '2'));
    expect((await first).status).toBe(204);
    expect(await second).toMatchObject({ status: 204 });
    expect((await second).ms).toBeGreaterThan(150);
    await settings({ latencyMs: 0 });
    expect(await org.rows(`SELECT Phone FROM Account WHERE Id = '${id}'`)).toMatchObject([{ Phone: '2' }]);
  });

  test('on one parent meet as well, as children lock their parent', async () => {
    const [id = ''] = await org.seed([{ Name: 'Parent' }]);
    await settings({ latencyMs: 400, lockWaitMs: 20 });
    const first = createContact(id);
    await untilLocked();
    const second = await createContact(id);
    expect(second).toMatchObject({
      status: 400,
      body: [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: expect.stringContaining(id) }],
    });
    expect((await first).status).toBe(201);
  });

  test('on one parent never meet when calls take no time', async () => {
    const [id = ''] = await org.seed([{ Name: 'Parent' }]);
    await settings({ lockWaitMs: 0 });
    const replies = await Promise.all([createContact(id), createContact(id), createContact(id)]);
    expect(replies.map((reply) => reply.status)).toEqual([201, 201, 201]);
  });

  test('one after the other do not meet, however long calls take', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await settings({ latencyMs: 30, perRowMs: 10, lockWaitMs: 0 });
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await changePhone(id)).status);
    expect(statuses).toEqual([204, 204, 204, 204]);
  });
});

test('what is no id cannot be locked', async () => {
  const reply = await lock(['nothing'], 10);
  expect([reply.status, reply.body]).toEqual([
    400,
    { error: expect.stringContaining('ids.0: the id of a record') },
  ]);
});
