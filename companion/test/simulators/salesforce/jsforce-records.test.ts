import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let connection: Connection;

beforeAll(async () => {
  org = await openSimulator();
  const { accessToken } = org.simulator.org.openSession('admin');
  connection = new Connection({ instanceUrl: org.simulator.url, accessToken, version: '66.0' });
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const accounts = () => connection.sobject('Account');
const callsOf = async (resource: string): Promise<number | undefined> => {
  const { body } = await org.control('GET', '/stats');
  return (body as { byResource: Record<string, number> }).byResource[resource];
};

describe('single records, through an unmodified jsforce', () => {
  test('are created, retrieved, updated, upserted and destroyed', async () => {
    const { id = '', success } = await accounts().create({ Name: 'One' });
    expect(success).toBe(true);
    expect(await accounts().retrieve(id)).toMatchObject({ Id: id, Name: 'One', Phone: null });
    const headers = { 'Sforce-Auto-Assign': 'FALSE' };
    const update = await accounts().update({ Id: id, Phone: '1', ERP_Code__c: 'U-1' }, { headers });
    expect(update).toMatchObject({ id, success: true });
    const upsert = await accounts().upsert({ ERP_Code__c: 'U-1', Phone: '2' }, 'ERP_Code__c');
    expect(upsert).toMatchObject({ id, success: true, created: false });
    expect(await accounts().upsert({ ERP_Code__c: 'U-2', Name: 'Two' }, 'ERP_Code__c')).toMatchObject({
      success: true,
      created: true,
    });
    expect(await accounts().destroy(id)).toMatchObject({ id, success: true });
    await expect(accounts().retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  });

  test('cannot be upserted by a key that several hold: the error has their addresses', async () => {
    const ids = await org.seed([
      { Name: 'A', ERP_Code__c: 'T' },
      { Name: 'B', ERP_Code__c: 'T' },
    ]);
    const upsert = accounts().upsert({ ERP_Code__c: 'T', Phone: '1' }, 'ERP_Code__c');
    await expect(upsert).rejects.toMatchObject({
      errorCode: 'MULTIPLE_CHOICES',
      data: ids.map((id) => `/services/data/v66.0/sobjects/Account/${id}`),
    });
  });

  test('of the table for upserts may share their key', async () => {
    const table = connection.sobject('UpsertTable__c');
    const { id } = await table.upsert({ Name: 'New', ExtId__c: 'E-1' }, 'ExtId__c');
    const updated = await table.upsert({ Name: 'Updated', ExtId__c: 'E-1' }, 'ExtId__c');
    expect(updated).toMatchObject({ id, success: true, created: false });
    await table.create({ Name: 'Same key', ExtId__c: 'E-1' });
    await expect(table.upsert({ Name: 'Third', ExtId__c: 'E-1' }, 'ExtId__c')).rejects.toMatchObject({
      name: 'MULTIPLE_CHOICES',
    });
  });
});

describe('many records, through an unmodified jsforce', () => {
  test('are created, retrieved, updated, upserted and destroyed', async () => {
    const created = await accounts().create([{ Name: 'A', ERP_Code__c: 'M-1' }, { Name: 'B' }]);
    const ids = created.map((row) => row.id ?? '');
    expect(created).toEqual(ids.map((id) => ({ id, success: true, errors: [] })));
    const missing = '001000000000ABCAA2';
    const read = await accounts().retrieve([...ids, missing]);
    expect(read.map((row) => (row as { Name: string } | null)?.Name)).toEqual(['A', 'B', undefined]);
    const updated = await accounts().update(ids.map((Id) => ({ Id, Phone: '1' })));
    expect(updated.map((row) => row.success)).toEqual([true, true]);
    const upserted = await accounts().upsert(
      [{ ERP_Code__c: 'M-1', Phone: '2' }, { ERP_Code__c: 'M-2', Name: 'C' }, { ERP_Code__c: 'M-3' }],
      'ERP_Code__c',
    );
    expect(upserted).toMatchObject([
      { id: ids[0], success: true, created: false },
      { success: true, created: true },
      { success: false, created: true, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect(upserted[2]).not.toHaveProperty('id');
    expect((await accounts().destroy(ids)).map((row) => row.success)).toEqual([true, true]);
    expect(await accounts().retrieve(ids)).toEqual([null, null]);
  });

  test('with allOrNone stay as they were when one fails', async () => {
    const rows = await accounts().create([{ Name: 'Good' }, {}], { allOrNone: true });
    expect(rows).toMatchObject([
      {
        success: false,
        errors: [
          {
            statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            message:
              'Record rolled back because not all records were valid and the request was using AllOrNone header',
          },
        ],
      },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect(await accounts().find({ Name: 'Good' })).toEqual([]);
    const ids = await org.seed([{ Name: 'Kept' }]);
    const deleted = await accounts().destroy([...ids, '001000000000ABCAA2'], { allOrNone: true });
    expect(deleted.map((row) => row.success)).toEqual([false, false]);
    expect((await accounts().retrieve(ids[0] ?? '')).Name).toBe('Kept');
  });

  test('over 200 are refused, and sent by 200 with allowRecursive', async () => {
    const many = Array.from({ length: 401 }, (_, index) => ({ Name: `Many ${index}` }));
    await expect(accounts().create(many)).rejects.toMatchObject({ errorCode: 'EXCEEDED_ID_LIMIT' });
    const created = await accounts().create(many, { allowRecursive: true });
    expect(created.filter((row) => row.success)).toHaveLength(401);
    expect(await callsOf('POST /composite/sobjects')).toBe(4);
    const ids = created.map((row) => row.id ?? '');
    await expect(accounts().destroy(ids)).rejects.toMatchObject({ errorCode: 'EXCEEDED_ID_LIMIT' });
    expect(await accounts().destroy(ids, { allowRecursive: true })).toHaveLength(401);
  });

  test('a key that is no external id is not found', async () => {
    const rows = [{ Site: 'x', Name: 'A' }];
    await expect(accounts().upsert(rows, 'Site')).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });
});

describe('what changed, through an unmodified jsforce', () => {
  test('is listed by updated and deleted', async () => {
    const [kept = '', gone = ''] = await org.seed([{ Name: 'Kept' }, { Name: 'Gone' }]);
    await accounts().destroy(gone);
    const [start, end] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 120_000)];
    const updated = await accounts().updated(start, end);
    expect(updated.ids).toEqual([kept]);
    expect(Date.parse(updated.latestDateCovered)).toBeLessThanOrEqual(Date.now());
    const deleted = await accounts().deleted(start.toISOString(), end.toISOString());
    expect(deleted.deletedRecords.map((record) => record.id)).toEqual([gone]);
    const early = accounts().updated(new Date(Date.now() - 40 * 24 * 3_600_000), end);
    await expect(early).rejects.toMatchObject({ errorCode: 'INVALID_REPLICATION_DATE' });
  });
});

describe('the composite family, through an unmodified jsforce', () => {
  test('a long query goes within a composite request, where no address is too long for it', async () => {
    const [id = ''] = await org.seed([{ Name: 'Found' }]);
    const names = Array.from({ length: 2000 }, (_, index) => `'Nobody ${index}'`).join(',');
    const soql = `SELECT Id FROM Account WHERE Name IN ('Found',${names})`;
    const url = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    const reply = await connection.requestPost<{ compositeResponse: { body: { records: object[] } }[] }>(
      '/composite',
      { compositeRequest: [{ method: 'GET', url, referenceId: 'long' }] },
    );
    expect(reply.compositeResponse[0]?.body.records).toMatchObject([{ Id: id }]);
  });

  test('batches, graphs and trees are posted as they are', async () => {
    const batch = await connection.requestPost('/composite/batch', {
      batchRequests: [{ method: 'GET', url: 'v66.0/limits' }],
    });
    expect(batch).toMatchObject({ hasErrors: false, results: [{ statusCode: 200 }] });
    const node = {
      method: 'POST',
      url: '/services/data/v66.0/sobjects/Account',
      referenceId: 'n',
      body: { Name: 'Node' },
    };
    const graphs = [{ graphId: 'g', compositeRequest: [node] }];
    expect(await connection.requestPost('/composite/graph', { graphs })).toMatchObject({
      graphs: [{ graphId: 'g', isSuccessful: true }],
    });
    const tree = await connection.requestPost('/composite/tree/Account', {
      records: [{ attributes: { type: 'Account', referenceId: 'root' }, Name: 'Root' }],
    });
    expect(tree).toMatchObject({ hasErrors: false, results: [{ referenceId: 'root' }] });
  });
});
