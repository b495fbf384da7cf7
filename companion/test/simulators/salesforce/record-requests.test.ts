import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Request, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let id: string;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  [id = ''] = await org.seed([{ Name: 'Tested', ERP_Code__c: 'E-1' }]);
});
afterAll(() => org.close());

const ask = (path: string, request: Request = {}) =>
  org.call(`/sobjects/${path}`, { user: 'admin', ...request });
const patch = (headers: Record<string, string>) =>
  ask(`Account/${id}`, { method: 'PATCH', body: { Phone: '1' }, headers });
const past = 'Mon, 01 Jan 2024 00:00:00 GMT';
const future = 'Tue, 01 Jan 2030 00:00:00 GMT';

describe('conditions on an Account', () => {
  const conditions: [name: string, value: string, read: number, write: number][] = [
    ['If-Match', '"other-gzip"', 412, 412],
    ['If-Match', '*', 200, 204],
    ['If-Match', 'no tag', 200, 400],
    ['If-None-Match', '*', 304, 412],
    ['If-None-Match', '"other-gzip"', 200, 204],
    ['If-None-Match', 'no tag', 200, 400],
    ['If-Modified-Since', future, 304, 412],
    ['If-Modified-Since', past, 200, 204],
    ['If-Unmodified-Since', past, 412, 412],
    ['If-Unmodified-Since', future, 200, 204],
    ['If-Unmodified-Since', 'some day', 200, 400],
  ];
  test.each(conditions)('%s: %s reads %i and writes %i', async (name, value, read, write) => {
    expect((await ask(`Account/${id}`, { headers: { [name]: value } })).status).toBe(read);
    expect((await patch({ [name]: value })).status).toBe(write);
  });

  test('may list tags, and the answer to a change has the next one', async () => {
    const first = (await ask(`Account/${id}`)).headers.get('etag') ?? '';
    expect(first).toMatch(/^"[^"]+-gzip"$/);
    const changed = await patch({ 'If-Match': `"other-gzip", ${first}` });
    const next = changed.headers.get('etag') ?? '';
    expect(next).not.toBe(first);
    expect((await patch({ 'If-Match': next })).status).toBe(204);
  });

  test('mean nothing to a deletion, nor to other objects', async () => {
    const headers = { 'If-Match': '"other-gzip"' };
    const contact = await ask('Contact', { method: 'POST', body: { LastName: 'C' } });
    const { id: contactId } = contact.body as { id: string };
    const change = { method: 'PATCH', body: { Phone: '1' }, headers };
    expect((await ask(`Contact/${contactId}`, change)).status).toBe(204);
    expect((await ask(`Account/${id}`, { method: 'DELETE', headers })).status).toBe(204);
  });
});

describe('a record by its key', () => {
  test('POST to the Id field creates', async () => {
    const reply = await ask('Account/Id', { method: 'POST', body: { Name: 'Keyless' } });
    expect(reply).toMatchObject({ status: 201, body: { success: true, created: true } });
    const { id: newId } = reply.body as { id: string };
    expect(reply.headers.get('location')).toBe(`/services/data/v66.0/sobjects/Account/${newId}`);
    expect((await ask(`Account/${id}`, { method: 'POST', body: {} })).status).toBe(405);
  });

  test('an upsert on Id changes what there is, and creates nothing', async () => {
    const upsert = (key: string) => ask(`Account/Id/${key}`, { method: 'PATCH', body: { Name: 'Upserted' } });
    expect(await upsert(id)).toMatchObject({ status: 200, body: { id, created: false } });
    expect((await upsert('001000000000ABCAA2')).status).toBe(404);
    await ask(`Account/${id}`, { method: 'DELETE' });
    expect(await upsert(id)).toMatchObject({ status: 404, body: [{ errorCode: 'ENTITY_IS_DELETED' }] });
  });

  test('cannot be upserted by a blank one', async () => {
    const reply = await ask('Account/ERP_Code__c/%20', { method: 'PATCH', body: { Name: 'Blank' } });
    const refusal = { errorCode: 'MISSING_ARGUMENT', message: 'ERP_Code__c not specified' };
    expect(reply).toMatchObject({ status: 400, body: [refusal] });
  });

  test('is not created by an upsert that is for updates only, however that is spelt', async () => {
    const upsert = { method: 'PATCH', body: { Name: 'New' } };
    expect((await ask('Account/ERP_Code__c/E-2?updateOnly=True', upsert)).status).toBe(404);
  });

  test('can be changed and deleted by a client that can send POST only', async () => {
    const post = (method: string) =>
      ask(`Account/${id}?_HttpMethod=${method}`, { method: 'POST', body: { Phone: '7' } });
    expect((await post('PATCH')).status).toBe(204);
    expect((await ask(`Account/${id}?fields=Phone`)).body).toMatchObject({ Phone: '7' });
    expect((await post('delete')).status).toBe(204);
    expect((await ask(`Account/${id}`)).status).toBe(404);
  });

  test('can be read and deleted by an external id', async () => {
    expect((await ask('Account/ERP_Code__c/E-1?fields=Name')).body).toMatchObject({ Name: 'Tested' });
    expect((await ask('Account/ERP_Code__c/E-1', { method: 'DELETE' })).status).toBe(204);
    expect((await ask('Account/ERP_Code__c/E-1')).status).toBe(404);
  });

  test('HEAD answers as GET does, without the body', async () => {
    const reply = await ask(`Account/${id}`, { method: 'HEAD' });
    expect(reply).toMatchObject({ status: 200, body: '' });
    expect(reply.headers.get('etag')).toMatch(/gzip/);
  });
});

describe('a relationship in the address', () => {
  test('leads from a record to those that point to it', async () => {
    const body = { LastName: 'Child', AccountId: id };
    await ask('Contact', { method: 'POST', body });
    const reply = await ask(`Account/${id}/Contacts?fields=LastName,AccountId`);
    expect(reply.body).toMatchObject({ totalSize: 1, done: true, records: [body] });
  });

  test('leads from a record to the one it points to, to read, change and delete it', async () => {
    const created = await ask('Contact', { method: 'POST', body: { LastName: 'C', AccountId: id } });
    const { id: contact } = created.body as { id: string };
    const parent = `Contact/${contact}/Account`;
    expect((await ask(`${parent}?fields=Name`)).body).toMatchObject({ Name: 'Tested' });
    expect((await ask(parent, { method: 'PATCH', body: { Phone: '7' } })).status).toBe(204);
    expect((await ask(`${parent}?fields=Phone`)).body).toMatchObject({ Phone: '7' });
    expect((await ask(parent, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(`Account/${id}`)).status).toBe(404);
  });

  test('is not found where nothing is there, or no such relationship', async () => {
    expect((await ask(`Account/${id}/Parent`)).status).toBe(404);
    expect((await ask(`Account/${id}/Nothings`)).status).toBe(404);
    expect((await ask(`Account/${id}/Contacts`)).body).toMatchObject({ totalSize: 0, records: [] });
  });
});

test('a describe is 304 for those who have it, by time and by tag', async () => {
  const first = await ask('Account/describe');
  const [tag = '', time = ''] = ['etag', 'last-modified'].map((name) => first.headers.get(name) ?? '');
  for (const headers of [{ 'If-None-Match': tag }, { 'If-Modified-Since': time }]) {
    const again = await ask('Account/describe', { headers });
    expect(again).toMatchObject({ status: 304, body: '' });
    expect(again.headers.get('etag')).toBe(tag);
  }
  await org.control('PUT', '/settings', { multiCurrency: true });
  expect((await ask('Account/describe', { headers: { 'If-None-Match': tag } })).status).toBe(200);
});
