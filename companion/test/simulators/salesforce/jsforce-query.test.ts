import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection, SfDate, type Record as SalesforceRecord } from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let connection: Connection;

beforeAll(async () => {
  org = await openSimulator();
  const { accessToken } = org.simulator.org.openSession('admin');
  connection = new Connection({ instanceUrl: org.simulator.url, accessToken, version: '66.0' });
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  await org.control('PUT', '/settings', { queryPageSize: 10, shortPages: true });
});
afterAll(() => org.close());

const accounts = () => connection.sobject('Account');

describe('query', () => {
  test('gives pages that queryMore continues', async () => {
    let page = await connection.query('SELECT Id, Name FROM Account');
    const names = page.records.map((row) => String(row.Name));
    while (page.nextRecordsUrl !== undefined) {
      page = await connection.queryMore(page.nextRecordsUrl);
      names.push(...page.records.map((row) => String(row.Name)));
    }
    expect(new Set(names).size).toBe(27);
    expect(page).toMatchObject({ done: true, totalSize: 27 });
  });

  test('fetches all pages by itself, as a promise, as events and as a stream', async () => {
    const soql = 'SELECT Id, Name FROM Account';
    const found = await connection.query(soql, { autoFetch: true, maxFetch: 25 });
    expect(found.records).toHaveLength(25);
    const rows: SalesforceRecord[] = [];
    await new Promise((resolve, reject) => {
      connection
        .query(soql)
        .on('record', (row: SalesforceRecord) => rows.push(row))
        .on('end', resolve)
        .on('error', reject)
        .run({ autoFetch: true, maxFetch: 1000 });
    });
    expect(rows).toHaveLength(27);
    const csv = await text(connection.query(`${soql} LIMIT 5`).stream('csv'));
    expect(csv.split('\n')[0]).toBe('Id,Name');
  });

  test('finds what was deleted with scanAll', async () => {
    const created = await accounts().create({ Name: 'Gone' });
    await accounts().record(String(created.id)).destroy();
    const query = connection.query("SELECT Id FROM Account WHERE Name = 'Gone' AND IsDeleted = true");
    expect(await query.run({ scanAll: true })).toMatchObject({ totalSize: 1 });
    expect(await connection.query("SELECT Id FROM Account WHERE Name = 'Gone'")).toMatchObject({
      totalSize: 0,
    });
  });

  test('explains itself', async () => {
    const { plans } = await connection.query('SELECT Id FROM Account ORDER BY Name').explain();
    expect(plans).toMatchObject([{ sobjectType: 'Account', leadingOperationType: 'TableScan' }]);
  });

  test('gives aggregates and the error of a wrong query', async () => {
    const grouped = await connection.query('SELECT COUNT(Id) n, MAX(NumberOfEmployees) FROM Account');
    expect(grouped.records).toMatchObject([{ n: 27, expr0: expect.any(Number) }]);
    const failure = { name: 'INVALID_FIELD', errorCode: 'INVALID_FIELD' };
    await expect(connection.query('SELECT Nope FROM Account')).rejects.toMatchObject(failure);
    const locator = '/services/data/v66.0/query/01g000000000001AAA-10';
    await expect(connection.queryMore(locator)).rejects.toMatchObject({ name: 'INVALID_QUERY_LOCATOR' });
  });
});

describe('find', () => {
  test('takes conditions, an order, a limit and an offset', async () => {
    const found = await accounts()
      .find({ BillingCountry: { $in: ['France', 'Italy', 'Norway'] }, Name: { $ne: null } }, 'Id, Name')
      .sort({ Name: 1 })
      .limit(2)
      .skip(1);
    const all = await org.rows(
      "SELECT Name FROM Account WHERE BillingCountry IN ('France', 'Italy', 'Norway') ORDER BY Name",
    );
    expect(found.map((row) => String(row.Name))).toEqual(all.slice(1, 3).map((row) => row.Name));
  });

  test('includes children', async () => {
    const found: unknown[] = await accounts()
      .find({ Name: 'Edge Communications' }, ['Name'])
      .include('Contacts', {}, ['LastName'])
      .end();
    expect(found[0]).toMatchObject({
      Contacts: { totalSize: 2, records: [{ LastName: 'Achterberg' }, { LastName: 'Villanueva' }] },
    });
  });

  test('selects all fields, and compares dates', async () => {
    await org.seed([{ Name: 'New' }]);
    const found = await accounts()
      .find({ CreatedDate: { $gte: SfDate.YESTERDAY, $lt: SfDate.NEXT_N_DAYS(2) } })
      .select('*');
    expect(found).toMatchObject([{ Name: 'New', ERP_Code__c: null, BillingAddress: null }]);
    expect(await accounts().count({ CreatedDate: { $lt: SfDate.toDateTimeLiteral(new Date(0)) } })).toBe(0);
  });

  test('counts, and finds one', async () => {
    expect(
      await accounts().count({ $or: [{ Name: 'Edge Communications' }, { Name: { $like: 'Van%' } }] }),
    ).toBe(2);
    expect(await accounts().findOne({ Name: 'Edge Communications' }, ['Name'])).toMatchObject({
      Name: 'Edge Communications',
    });
  });
});
