import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';
import { writeRefusals, type Write } from './write-refusals.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const writeOne = ({ id, record, object = 'Account', user = 'admin' }: Write) =>
  org.call(`/sobjects/${object}${id === undefined ? '' : `/${id}`}`, {
    method: id === undefined ? 'POST' : 'PATCH',
    user,
    body: record,
  });

const writeList = ({ id, record, object = 'Account', user = 'admin' }: Write) =>
  org.call('/composite/sobjects', {
    method: id === undefined ? 'POST' : 'PATCH',
    user,
    body: { records: [{ attributes: { type: object }, ...(id === undefined ? {} : { id }), ...record }] },
  });

describe.each(writeRefusals)('$code', ({ code, prepare, message, fields, status = 400, endsRequest }) => {
  test(`answers ${status} with an errorCode for a single record`, async () => {
    const write = await prepare(org);
    const reply = await writeOne(write);
    const expected = { errorCode: code, message: expect.stringContaining(message(write)) };
    expect(reply.status).toBe(status);
    expect(reply.body).toEqual([expect.objectContaining({ ...expected, ...(fields && { fields }) })]);
  });

  test('answers a row with a statusCode and without an id in a collection', async () => {
    const write = await prepare(org);
    const reply = await writeList(write);
    const said = message(write);
    if (endsRequest === true) {
      expect(reply).toMatchObject({ status: 400, body: [{ errorCode: code }] });
      return;
    }
    const error = { statusCode: code, message: said, fields: fields ?? [] };
    expect(reply).toMatchObject({ status: 200 });
    expect(reply.body).toEqual([{ success: false, errors: [error] }]);
  });

  test('is the errorCode of what jsforce throws', async () => {
    const write = await prepare(org);
    const { id: Id, record, object = 'Account', user = 'admin' } = write;
    const { accessToken } = org.simulator.org.openSession(user);
    const connection = new Connection({ instanceUrl: org.simulator.url, accessToken, version: '66.0' });
    const objects = connection.sobject(object);
    const saving = Id === undefined ? objects.create(record) : objects.update({ Id, ...record });
    await expect(saving).rejects.toMatchObject({
      errorCode: code,
      message: expect.stringContaining(message(write)),
    });
  });

  test('writes nothing', async () => {
    const write = await prepare(org);
    const count = async () => (await org.rows('SELECT Id FROM Account')).length;
    const stored = () => org.simulator.org.store.get('Account', write.id ?? '');
    const before = [await count(), stored()];
    await writeOne(write);
    expect([await count(), stored()]).toEqual(before);
  });
});

test('DUPLICATE_EXTERNAL_ID is for rows; a single upsert answers 300 with the addresses', async () => {
  const ids = await org.seed([
    { Name: 'A', ERP_Code__c: 'TWO' },
    { Name: 'B', ERP_Code__c: 'two' },
  ]);
  const single = await org.call('/sobjects/Account/ERP_Code__c/Two', {
    method: 'PATCH',
    body: { Name: 'C' },
  });
  expect(single).toMatchObject({
    status: 300,
    body: ids.map((id) => `/services/data/v66.0/sobjects/Account/${id}`),
  });
  const record = { attributes: { type: 'Account' }, ERP_Code__c: 'Two', Name: 'C' };
  const rows = await org.call('/composite/sobjects/Account/ERP_Code__c', {
    method: 'PATCH',
    body: { records: [record] },
  });
  expect(rows.body).toMatchObject([{ success: false, errors: [{ statusCode: 'DUPLICATE_EXTERNAL_ID' }] }]);
});
