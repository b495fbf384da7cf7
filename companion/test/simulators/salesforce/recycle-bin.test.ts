import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { formatTime, parseTime } from '../../../simulators/salesforce/org/salesforce-times.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let account: string;
let contact: string;

const DAY = 24 * 60;
const DAY_IN_MS = DAY * 60_000;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  [account = ''] = await org.seed([{ Name: 'Parent' }]);
  contact = await createContact(account);
});
afterAll(() => org.close());

const createContact = async (AccountId: string): Promise<string> => {
  const body = { LastName: 'Child', AccountId };
  const reply = await org.call('/sobjects/Contact', { method: 'POST', user: 'admin', body });
  return (reply.body as { id: string }).id;
};
const remove = (path: string) => org.call(`/sobjects/${path}`, { method: 'DELETE', user: 'admin' });
const readAll = async (soql: string): Promise<unknown> => {
  const reply = await org.call(`/queryAll?q=${encodeURIComponent(soql)}`, { user: 'admin' });
  return (reply.body as { records: unknown }).records;
};
const isThere = async (path: string): Promise<boolean> =>
  (await org.call(`/sobjects/${path}`, { user: 'admin' })).status === 200;
const age = (object: string, id: string, days: number): void => {
  org.simulator.org.store.put(object, id, { SystemModstamp: formatTime(Date.now() - days * DAY_IN_MS) });
};
const replicate = async (kind: string, start: number, end = Date.now() + 120_000): Promise<object> => {
  const [from, to] = [start, end].map((time) => encodeURIComponent(new Date(time).toISOString()));
  const path = `/sobjects/Account/${kind}/?start=${from}&end=${to}`;
  return (await org.call(path, { user: 'admin' })).body as object;
};
const hourAgo = (): number => Date.now() - 3_600_000;

describe('a deleted Account', () => {
  test('takes its Contacts with it, and they come back with it', async () => {
    await remove(`Account/${account}`);
    expect(await isThere(`Contact/${contact}`)).toBe(false);
    const query = `SELECT IsDeleted FROM Contact WHERE Id = '${contact}'`;
    expect(await readAll(query)).toMatchObject([{ IsDeleted: true }]);
    const reply = await org.control('POST', '/undelete', { ids: [account] });
    expect(reply).toMatchObject({ status: 200, body: { undeleted: [account] } });
    expect([await isThere(`Account/${account}`), await isThere(`Contact/${contact}`)]).toEqual([true, true]);
  });

  test('does not bring back what was deleted before it', async () => {
    await remove(`Contact/${contact}`);
    await remove(`Account/${account}`);
    await org.control('POST', '/undelete', { ids: [account] });
    expect(await isThere(`Contact/${contact}`)).toBe(false);
  });

  const undelete = (id: string) => org.control('POST', '/undelete', { ids: [id] });
  const lost = { status: 400, body: { error: 'UNDELETE_FAILED: Entity is not in the recycle bin' } };

  test('cannot be brought back twice, nor after 15 days, nor can its Contacts without it', async () => {
    await org.control('PUT', '/settings', { sessionMinutes: 60 * DAY });
    await remove(`Account/${account}`);
    expect(await undelete(contact)).toMatchObject(lost);
    await org.advance(14 * DAY);
    expect((await undelete(account)).status).toBe(200);
    expect(await undelete(account)).toMatchObject(lost);
    await remove(`Account/${account}`);
    await org.advance(16 * DAY);
    expect(await undelete(account)).toMatchObject(lost);
  });

  test('is gone for good once it is purged, with its Contacts', async () => {
    await remove(`Account/${account}`);
    const reply = await org.control('POST', '/purge', {});
    expect(reply.body).toEqual({ purged: [account, contact] });
    expect(await readAll(`SELECT Id FROM Account WHERE Id = '${account}'`)).toEqual([]);
    expect(await undelete(account)).toMatchObject(lost);
    expect((await org.call(`/sobjects/Account/${account}`)).body).toMatchObject([{ errorCode: 'NOT_FOUND' }]);
    expect((await org.control('POST', '/purge', { ids: [await createContact('')] })).body).toEqual({
      purged: [],
    });
  });
});

describe('a merge', () => {
  const merge = (body: object) => org.control('POST', '/merge', body);

  test('deletes the others, names the master in them and gives it their Contacts', async () => {
    const [master = ''] = await org.seed([{ Name: 'Master' }]);
    age('Contact', contact, 3);
    const reply = await merge({ masterId: master, ids: [account] });
    expect(reply.body).toEqual({ id: master, merged: [account], related: [contact] });
    const [moved] = await org.rows(`SELECT AccountId, SystemModstamp FROM Contact WHERE Id = '${contact}'`);
    expect(moved?.AccountId).toBe(master);
    expect(Date.parse(String(moved?.SystemModstamp))).toBeGreaterThan(Date.now() - DAY_IN_MS);
    const query = `SELECT IsDeleted, MasterRecordId FROM Account WHERE Id = '${account}'`;
    expect(await readAll(query)).toMatchObject([{ IsDeleted: true, MasterRecordId: master }]);
    const again = await org.call(`/sobjects/Account/${account}`, { user: 'admin' });
    expect(again).toMatchObject({ status: 404, body: [{ errorCode: 'ENTITY_IS_DELETED' }] });
  });

  test('is refused with itself, with what is gone, and with more than two others', async () => {
    const [one = '', two = '', three = ''] = await org.seed([{ Name: '1' }, { Name: '2' }, { Name: '3' }]);
    for (const ids of [[account], [one, two, three], [one, one]]) {
      expect((await merge({ masterId: account, ids })).status).toBe(400);
    }
    await remove(`Account/${one}`);
    const reply = await merge({ masterId: account, ids: [one] });
    expect(reply.body).toEqual({ error: 'ENTITY_IS_DELETED: entity is deleted' });
    expect(await isThere(`Account/${two}`)).toBe(true);
  });
});

describe('replication', () => {
  test('lists what was changed within the times, without what was deleted', async () => {
    const [gone = '', old = ''] = await org.seed([{ Name: 'Gone' }, { Name: 'Old' }]);
    await remove(`Account/${gone}`);
    age('Account', old, 2);
    const updated = await replicate('updated', hourAgo());
    expect(updated).toEqual({ ids: [account], latestDateCovered: expect.stringMatching(/:00\.000\+0000$/) });
    const deleted = (await replicate('deleted', hourAgo())) as { deletedRecords: object[] };
    expect(deleted.deletedRecords).toEqual([{ id: gone, deletedDate: expect.stringMatching(/\+0000$/) }]);
    expect(deleted).toMatchObject({
      earliestDateAvailable: expect.stringMatching(/\+0000$/),
      latestDateCovered: expect.stringMatching(/:00\.000\+0000$/),
    });
  });

  test('covers nothing that is yet to happen', async () => {
    const before = Date.now();
    const { latestDateCovered } = (await replicate('updated', hourAgo(), before + 3_600_000)) as {
      latestDateCovered: string;
    };
    expect(parseTime(latestDateCovered)).toBeLessThanOrEqual(Date.now());
    expect(parseTime(latestDateCovered)).toBeGreaterThan(before - 60_000);
  });

  test('cuts times to the minute, as documented, unless the setting says otherwise', async () => {
    const minute = Math.floor(Date.now() / 60_000) * 60_000;
    const at = new Date(minute - 30_000);
    org.simulator.org.store.put('Account', account, { SystemModstamp: formatTime(at.getTime()) });
    expect(await replicate('updated', hourAgo(), minute - 1000)).toMatchObject({ ids: [] });
    await org.control('PUT', '/settings', { replicationIgnoresSeconds: false });
    expect(await replicate('updated', hourAgo(), minute - 1000)).toMatchObject({ ids: [account] });
  });

  test('reaches 15 days back for what was deleted, and 30 days for what was changed', async () => {
    await remove(`Account/${account}`);
    age('Account', account, 16);
    const start = Date.now() - 20 * DAY_IN_MS;
    expect(await replicate('deleted', start)).toMatchObject({ deletedRecords: [] });
    const message = 'startDate cannot be more than 30 days ago';
    expect(await replicate('updated', Date.now() - 31 * DAY_IN_MS)).toEqual([
      { message, errorCode: 'INVALID_REPLICATION_DATE' },
    ]);
  });

  test('refuses times that are missing, none, or the wrong way round', async () => {
    const refused = [{ errorCode: 'INVALID_REPLICATION_DATE' }];
    expect(await replicate('updated', hourAgo(), hourAgo() - 60_000)).toMatchObject(refused);
    expect(await replicate('deleted', hourAgo(), hourAgo())).toMatchObject(refused);
    const reply = await org.call('/sobjects/Account/updated?start=today&end=2026-01-01T00:00:00Z');
    expect(reply).toMatchObject({ status: 400, body: refused });
    expect((await org.call('/sobjects/Account/updated?start=2026-01-01T00:00:00Z')).status).toBe(400);
  });

  test('refuses more ids than one call may have', async () => {
    await org.seed([{ Name: 'A' }, { Name: 'B' }]);
    await org.control('PUT', '/settings', { maxReplicatedIds: 2 });
    expect(await replicate('updated', hourAgo())).toMatchObject([{ errorCode: 'EXCEEDED_ID_LIMIT' }]);
  });

  test('tells how far back it can, once records were purged', async () => {
    await remove(`Account/${account}`);
    age('Account', account, 1);
    await org.control('POST', '/purge', {});
    const { earliestDateAvailable } = (await replicate('deleted', hourAgo())) as Record<string, string>;
    expect(Date.parse(earliestDateAvailable ?? '')).toBeGreaterThan(Date.now() - 2 * DAY_IN_MS);
  });
});
