import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let connection: Connection;

beforeAll(async () => {
  org = await openSimulator();
  const { accessToken } = org.simulator.org.openSession('integration');
  connection = new Connection({ instanceUrl: org.simulator.url, accessToken, version: '66.0' });
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const names = async (where: string): Promise<unknown[]> =>
  (await org.rows(`SELECT Name FROM Account WHERE ${where} ORDER BY Name`)).map((row) => row.Name);
const query = (soql: string, headers = {}) => org.call(`/query?q=${encodeURIComponent(soql)}`, { headers });

describe('conditions', () => {
  const cases: [where: string, expected: string[]][] = [
    ["Name = 'EDGE communications'", ['Edge Communications']],
    ["Name LIKE 'Van%' OR Name LIKE '_dge%'", ['Edge Communications', 'Van der Meulen Kassen']],
    [
      "upflow__Shared_Identifier__c IN ('285', 'ns-4471', 'nothing')",
      ['Edge Communications', 'Northshore Dental Group'],
    ],
    ['upflow__Shared_Identifier__c = null', ['Pinecrest Animal Hospital', 'Ravensworth Estates']],
    ["BillingCountry = 'France' AND NOT (NumberOfEmployees > 50)", ['Vallée Verte Traiteur']],
    [
      "(BillingCountry = 'Ireland' OR BillingCountry = 'Italy') AND NumberOfEmployees >= 200",
      ['Kestrel Aviation Parts'],
    ],
    ["Owner.Email = 'amina.okafor@larkfield-systems.example' AND BillingCountry = 'Norway'", []],
    [
      'CreatedDate >= 2024-06-07T08:12:31Z AND CreatedDate < 2024-06-08T08:12:31Z',
      ['Pinecrest Animal Hospital'],
    ],
    ['CreatedDate < 2024-05-14T00:00:00Z', ['Edge Communications']],
    ['CreatedDate = TODAY', []],
    ["Name = 'Edge Communications' AND CreatedDate < LAST_N_DAYS:1", ['Edge Communications']],
    ["Id IN (SELECT AccountId FROM Contact WHERE Title = 'Controller') AND BillingCountry = 'Japan'", []],
  ];

  test.each(cases)('%s', async (where, expected) => {
    expect(await names(where)).toEqual(expected);
  });

  test('ids match with 15 characters as with 18, and a date-time literal matches what was stored', async () => {
    const [row] = await org.rows("SELECT Id, CreatedDate FROM Account WHERE Name = 'Edge Communications'");
    const id = String(row?.Id).slice(0, 15);
    expect(await names(`Id = '${id}' AND CreatedDate = 2024-05-13T10:12:31+02:00`)).toEqual([
      'Edge Communications',
    ]);
  });
});

test('parents come as records within the record', async () => {
  const found = await connection.query(
    "SELECT Name, Owner.Name, Parent.Name FROM Account WHERE Name LIKE 'Edge%'",
  );
  expect(found.records).toMatchObject([
    { Owner: { attributes: { type: 'User' }, Name: 'Ruben Castellanos' }, Parent: null },
  ]);
  const contacts = await org.rows(
    "SELECT Account.Owner.Email FROM Contact WHERE Account.Name = 'Edge Communications'",
  );
  expect(contacts[0]).toMatchObject({
    Account: { Owner: { Email: 'Ruben.Castellanos@larkfield-systems.example' } },
  });
});

test('order puts blanks first unless told otherwise, and LIMIT and OFFSET cut after it', async () => {
  const field = 'upflow__Shared_Identifier__c';
  const first = await org.rows(`SELECT ${field} FROM Account ORDER BY ${field} LIMIT 3`);
  expect(first.map((row) => row[field])).toEqual([null, null, '00345']);
  const last = await org.rows(
    `SELECT ${field} FROM Account ORDER BY ${field} DESC NULLS LAST LIMIT 1 OFFSET 1`,
  );
  expect(last[0]?.[field]).toBe('NS-4471');
});

test('counts and groups as aggregates do', async () => {
  expect((await query('SELECT count() FROM Account')).body).toEqual({
    totalSize: 27,
    done: true,
    records: [],
  });
  const groups = await org.rows(
    "SELECT Industry, COUNT(Id), MAX(NumberOfEmployees) most FROM Account WHERE Industry = 'Energy' GROUP BY Industry",
  );
  expect(groups).toEqual([
    { attributes: { type: 'AggregateResult' }, Industry: 'Energy', expr0: 1, most: 540 },
  ]);
});

test('groups are ordered by what they have in common or by what they add up to', async () => {
  const soql = 'SELECT Industry FROM Account GROUP BY Industry ORDER BY COUNT(Id) DESC, Industry LIMIT 3';
  expect((await org.rows(soql)).map((row) => row.Industry)).toEqual([
    'Healthcare',
    'Manufacturing',
    'Construction',
  ]);
});

describe('pages', () => {
  test('hold 2000 rows, and jsforce follows them to the end', async () => {
    await org.control('POST', '/accounts', { count: 2100 });
    const first = await query('SELECT Id FROM Account');
    expect(first.body).toMatchObject({ totalSize: 2127, done: false });
    expect((first.body as { nextRecordsUrl: string }).nextRecordsUrl).toMatch(
      /^\/services\/data\/v66\.0\/query\/01g\w{15}-2000$/,
    );
    const all = await connection.query('SELECT Id FROM Account', { autoFetch: true, maxFetch: 5000 });
    expect(new Set(all.records.map((row) => row.Id)).size).toBe(2127);
  });

  test('may be shorter than what the client asks for', async () => {
    await org.control('PUT', '/settings', { queryPageSize: 10 });
    const reply = await query('SELECT Id FROM Account', { 'Sforce-Query-Options': 'batchSize=500' });
    expect((reply.body as { records: unknown[] }).records).toHaveLength(10);
  });

  test('end with an error where the locator is not known', async () => {
    const reply = await org.call('/query/01g000000000001AAA-2000');
    expect(reply).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] });
  });
});

test('queryAll also finds what was deleted', async () => {
  const [id = ''] = await org.seed([{ Name: 'Gone' }]);
  await org.call(`/sobjects/Account/${id}`, { method: 'DELETE', user: 'admin' });
  const soql = encodeURIComponent("SELECT Id, IsDeleted FROM Account WHERE Name = 'Gone'");
  expect((await org.call(`/query?q=${soql}`)).body).toMatchObject({ totalSize: 0 });
  expect((await org.call(`/queryAll?q=${soql}`)).body).toMatchObject({
    records: [{ Id: id, IsDeleted: true }],
  });
});

describe('errors', () => {
  test('an unknown object is pointed at with a caret', async () => {
    const reply = await query('select count() from XYZZY');
    const message =
      "\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported. " +
      "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. " +
      'Please reference your WSDL or the describe call for the appropriate names.';
    expect(reply).toMatchObject({ status: 400, body: [{ message, errorCode: 'INVALID_TYPE' }] });
  });

  const cases: [soql: string, errorCode: string][] = [
    ['SELECT Nope FROM Account', 'INVALID_FIELD'],
    ['SELECT Owner.Nope FROM Account', 'INVALID_FIELD'],
    ['SELECT Id FORM Account', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Account WHERE Description = 'x'", 'INVALID_FIELD'],
    ["SELECT Id FROM Account WHERE NumberOfEmployees = '5'", 'INVALID_FIELD'],
    ['SELECT Id FROM Account WHERE Name = 5', 'INVALID_FIELD'],
    ["SELECT Id FROM Account WHERE Id = 'short'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['SELECT Id FROM Account LIMIT 1 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
    ['SELECT Id FROM CurrencyType', 'INVALID_TYPE'],
  ];

  test.each(cases)('%s', async (soql, errorCode) => {
    expect(await query(soql)).toMatchObject({ status: 400, body: [{ errorCode }] });
  });
});
