import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());

const first = async (soql: string): Promise<Record<string, unknown>> => (await org.rows(soql))[0] ?? {};
const count = async (soql: string): Promise<number> => {
  const { body } = await org.call(`/query?q=${encodeURIComponent(soql)}`, { user: 'admin' });
  return (body as { totalSize: number }).totalSize;
};

describe('child sub-queries', () => {
  test('come as a query result within the record, with their own condition, order and limit', async () => {
    const soql =
      "SELECT (SELECT LastName FROM Contacts WHERE Title != 'x' ORDER BY LastName DESC LIMIT 1) FROM Account WHERE Name = 'Edge Communications'";
    const { Contacts } = await first(soql);
    expect(Contacts).toMatchObject({
      totalSize: 1,
      done: true,
      records: [{ attributes: { type: 'Contact' }, LastName: 'Villanueva' }],
    });
  });

  test('are null where a record has no children', async () => {
    const soql =
      'SELECT (SELECT Id FROM Contacts) FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact) LIMIT 1';
    expect(await first(soql)).toMatchObject({ Contacts: null });
  });

  test('stand within each other, and follow a lookup that has no index', async () => {
    const [parent = ''] = await org.seed([{ Name: 'Holding' }]);
    await org.seed([{ Name: 'Daughter', ParentId: parent }]);
    const soql = `SELECT (SELECT Name, Parent.Name, (SELECT Id FROM Contacts) FROM ChildAccounts) FROM Account WHERE Id = '${parent}'`;
    expect(await first(soql)).toMatchObject({
      ChildAccounts: { records: [{ Name: 'Daughter', Parent: { Name: 'Holding' }, Contacts: null }] },
    });
  });

  test('come with their parent in pages of 200 rows', async () => {
    const [account = ''] = await org.seed([{ Name: 'Many people' }]);
    const people = Array.from({ length: 200 }, (_, index) => ({
      attributes: { type: 'Contact' },
      LastName: `Person ${index}`,
      AccountId: account,
    }));
    await org.call('/composite/sobjects', { method: 'POST', user: 'admin', body: { records: people } });
    const { Contacts } = await first(
      `SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '${account}'`,
    );
    const { totalSize, done, records, nextRecordsUrl } = Contacts as {
      totalSize: number;
      done: boolean;
      records: object[];
      nextRecordsUrl: string;
    };
    expect([totalSize, done, records.length]).toEqual([200, false, 199]);
    const rest = await org.call(nextRecordsUrl.replace('/services/data/v66.0', ''), { user: 'admin' });
    expect(rest.body).toMatchObject({ done: true, records: [{}] });
  });

  test('continue elsewhere when they are long', async () => {
    await org.control('PUT', '/settings', { queryPageSize: 1 });
    const soql =
      "SELECT (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Edge Communications' LIMIT 1";
    const { Contacts } = await first(soql);
    await org.control('PUT', '/settings', { queryPageSize: 2000 });
    expect(Contacts).toMatchObject({ totalSize: 2, done: false, records: [{}] });
    const next = (Contacts as { nextRecordsUrl: string }).nextRecordsUrl.replace('/services/data/v66.0', '');
    expect((await org.call(next, { user: 'admin' })).body).toMatchObject({
      totalSize: 2,
      done: true,
      records: [{ attributes: { type: 'Contact' } }],
    });
  });
});

test('a thousand alternatives for one field are one list, and keep their company', async () => {
  await org.seed(['Wanted', 'wanted too', 'Other'].map((Name) => ({ Name, Phone: '1' })));
  const names = Array.from({ length: 1000 }, (_, index) => `Name = 'Nobody ${index}'`).join(' OR ');
  const soql = `SELECT Name FROM Account WHERE Phone = '1' AND (Name = 'WANTED' OR ${names} OR Name LIKE '% too' OR Name = '')`;
  const compositeRequest = [
    { method: 'GET', url: `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, referenceId: 'q' },
  ];
  const reply = await org.call('/composite', { method: 'POST', user: 'admin', body: { compositeRequest } });
  expect(reply.body).toMatchObject({
    compositeResponse: [{ body: { records: [{ Name: 'Wanted' }, { Name: 'wanted too' }] } }],
  });
});

test.each(['like', 'Like', 'LIKE'])('%s is an operator in any case', async (like) => {
  const soql = `select Name from Account where Name ${like} 'edge%' and not name ${like} '%x'`;
  expect(await first(soql)).toMatchObject({ Name: 'Edge Communications' });
});

describe('the SELECT list', () => {
  test('takes FIELDS() for all standard or custom fields, with a limit where it must', async () => {
    const standard = await first('SELECT FIELDS(STANDARD) FROM Account');
    expect(standard).toHaveProperty('Name');
    expect(standard).not.toHaveProperty('ERP_Code__c');
    const custom = await first('SELECT Id, FIELDS(CUSTOM) FROM Account LIMIT 200');
    expect(custom).toHaveProperty('ERP_Code__c');
    expect(custom).not.toHaveProperty('Name');
  });

  test('takes functions of single fields, under the name of the field or an alias', async () => {
    const soql =
      "SELECT toLabel(Industry), FORMAT(AnnualRevenue) shown, FORMAT(convertCurrency(AnnualRevenue)) own FROM Account WHERE Name = 'Edge Communications'";
    expect(await first(soql)).toMatchObject({
      Industry: 'Electronics',
      shown: '$142,000,000',
      own: '$142,000,000',
    });
  });
});

describe('groups', () => {
  test('can be kept by what they add up to', async () => {
    const soql =
      "SELECT Industry i, COUNT(Id) c FROM Account GROUP BY Industry HAVING COUNT(Id) > 2 AND Industry LIKE 'h%'";
    expect(await org.rows(soql)).toEqual([
      { attributes: { type: 'AggregateResult' }, i: 'Healthcare', c: 3 },
    ]);
  });

  test('are rolled up to subtotals, which GROUPING tells from blanks', async () => {
    const where = "WHERE BillingCountry IN ('France', 'Italy')";
    const soql = `SELECT BillingCountry c, Industry, GROUPING(Industry) g, COUNT(Id) n FROM Account ${where} GROUP BY ROLLUP(BillingCountry, Industry)`;
    const rows = await org.rows(soql);
    const total = await count(`SELECT count() FROM Account ${where}`);
    expect(rows.at(-1)).toMatchObject({ c: null, Industry: null, g: 1, n: total });
    const subtotals = rows.filter((row) => row.g === 1 && row.c !== null);
    expect(subtotals.map((row) => row.c).sort()).toEqual(['France', 'Italy']);
    const cube = await org.rows(soql.replace('ROLLUP', 'CUBE'));
    expect(cube.length).toBeGreaterThan(rows.length);
  });

  test('can be made by functions of dates, in UTC or in the time zone of the user', async () => {
    const byHour = (time: string): string =>
      `SELECT HOUR_IN_DAY(${time}) h FROM Account WHERE Name = 'Edge Communications' GROUP BY HOUR_IN_DAY(${time})`;
    expect(await first(byHour('CreatedDate'))).toMatchObject({ h: 8 });
    expect(await first(byHour('convertTimezone(CreatedDate)'))).toMatchObject({ h: 4 });
    const months =
      'SELECT CALENDAR_MONTH(CreatedDate) m, COUNT(Id) FROM Account WHERE CALENDAR_YEAR(CreatedDate) = 2024 GROUP BY CALENDAR_MONTH(CreatedDate) ORDER BY CALENDAR_MONTH(CreatedDate) DESC';
    expect((await org.rows(months)).map(({ m, expr0 }) => [m, expr0])).toEqual([
      [6, 8],
      [5, 19],
    ]);
  });

  test('can have a parent field in common, and be ordered by an alias', async () => {
    const soql =
      'SELECT Owner.Name, COUNT(Id) n FROM Account WHERE NumberOfEmployees != null GROUP BY Owner.Name ORDER BY n';
    expect((await org.rows(soql)).map((row) => row.Name)).toEqual(['Amina Okafor', 'Ruben Castellanos']);
  });

  test('of no rows are one row, with nulls beside a count of none', async () => {
    const soql = "SELECT COUNT(Id) n, SUM(AnnualRevenue) s, MAX(Name) m FROM Account WHERE Name = 'nobody'";
    expect(await org.rows(soql)).toEqual([
      { attributes: { type: 'AggregateResult' }, n: 0, s: null, m: null },
    ]);
  });
});

test('the least text is the least whatever its case', async () => {
  await org.seed([{ Name: 'Zed' }, { Name: 'aardvark' }]);
  const soql = "SELECT MIN(Name) least FROM Account WHERE Name IN ('Zed', 'aardvark')";
  expect(await first(soql)).toMatchObject({ least: 'aardvark' });
});

test('count() counts no further than its LIMIT', async () => {
  expect(await count('SELECT count() FROM Account LIMIT 5')).toBe(5);
});

test('USING SCOPE mine leaves what the user owns', async () => {
  const own = await count(
    `SELECT count() FROM Account WHERE OwnerId = '${org.simulator.org.users.admin.id}'`,
  );
  expect(await count('SELECT count() FROM Account USING SCOPE mine')).toBe(own);
});

test('escapes stand for themselves in texts and patterns', async () => {
  const name = String.raw`50% O'Neil_\Sons`;
  await org.seed([{ Name: name }, { Name: '50 percent' }]);
  const equal = String.raw`SELECT Name FROM Account WHERE Name = '50% O\'Neil_\\Sons'`;
  const alike = String.raw`SELECT Name FROM Account WHERE Name LIKE '50\%%\_%'`;
  expect((await org.rows(equal)).map((row) => row.Name)).toEqual([name]);
  expect((await org.rows(alike)).map((row) => row.Name)).toEqual([name]);
});

test('amounts are compared and added up across currencies', async () => {
  await org.control('PUT', '/settings', { multiCurrency: true });
  await org.seed([
    { Name: 'Money 1', AnnualRevenue: 92, CurrencyIsoCode: 'EUR' },
    { Name: 'Money 2', AnnualRevenue: 99, CurrencyIsoCode: 'USD' },
  ]);
  const dear =
    "SELECT Name, convertCurrency(AnnualRevenue) FROM Account WHERE Name LIKE 'Money%' AND AnnualRevenue >= USD100";
  expect(await org.rows(dear)).toMatchObject([{ Name: 'Money 1', AnnualRevenue: 100 }]);
  expect(await first("SELECT SUM(AnnualRevenue) s FROM Account WHERE Name LIKE 'Money%'")).toMatchObject({
    s: 199,
  });
  await org.control('PUT', '/settings', { multiCurrency: false });
});

test('explains whether it would use an index', async () => {
  const explain = async (soql: string): Promise<unknown> =>
    (await org.call(`/query?explain=${encodeURIComponent(soql)}`, { user: 'admin' })).body;
  expect(await explain("SELECT Id FROM Account WHERE ERP_Code__c = 'x' OR ERP_Code__c = 'y'")).toMatchObject({
    plans: [{ leadingOperationType: 'Index', cardinality: 0, sobjectType: 'Account' }, {}],
  });
  expect(await explain("SELECT Id FROM Account WHERE Name = 'x'")).toMatchObject({
    plans: [{ leadingOperationType: 'TableScan' }],
  });
});
