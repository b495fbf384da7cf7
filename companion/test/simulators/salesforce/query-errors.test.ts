import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());

const ask = (soql: string) => org.call(`/query?q=${encodeURIComponent(soql)}`, { user: 'admin' });

const customRelationship =
  "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. " +
  'Please reference your WSDL or the describe call for the appropriate names.';

/** The form of https://github.com/roblesterjr04/EloquentSalesForce/issues/68: the row is cut between words. */
test('an error shows some thirty characters on each side of the word that it means', async () => {
  const { body } = await ask('select Id, AccountNumber from Account where AccountNumber = 3999');
  const message =
    '\nAccountNumber from Account where AccountNumber = 3999\n' +
    '                                 ^\n' +
    'ERROR at Row:1:Column:45\n' +
    "value of filter criterion for field 'AccountNumber' must be of type string and should be enclosed in quotes";
  expect(body).toEqual([{ message, errorCode: 'INVALID_FIELD' }]);
});

/** The form of https://github.com/jetstreamapp/jetstream/issues/274. */
test('of a query in several rows it shows the one it means', async () => {
  const { body } = await ask("SELECT Id\nFROM Account\nWHERE On_Credit_Hold__c = 'true'");
  const message =
    "\nWHERE On_Credit_Hold__c = 'true'\n      ^\nERROR at Row:3:Column:7\n" +
    "value of filter criterion for field 'On_Credit_Hold__c' must be of type boolean and should not be enclosed in quotes";
  expect(body).toEqual([{ message, errorCode: 'INVALID_FIELD' }]);
});

test('the word is looked for where the clause is, and never in quotes', async () => {
  const { body } = await ask(
    "SELECT Description FROM Account WHERE Name = 'Description' AND Description = 'x'",
  );
  expect(JSON.stringify(body)).toContain('Column:64');
});

describe('ends of messages', () => {
  const cases: [soql: string, errorCode: string, message: string][] = [
    [
      'SELECT Nope.Name FROM Account',
      'INVALID_FIELD',
      `Didn't understand relationship 'Nope' in field path. ${customRelationship}`,
    ],
    [
      'SELECT (SELECT Id FROM Nopes) FROM Account',
      'INVALID_TYPE',
      `Didn't understand relationship 'Nopes' in FROM part of query call. ${customRelationship}`,
    ],
    [
      'SELECT (SELECT COUNT(Id) FROM Contacts) FROM Account',
      'MALFORMED_QUERY',
      'only root queries support aggregate expressions',
    ],
    [
      "SELECT Id FROM Account WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Account ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
    ],
    [
      'SELECT AnnualRevenue FROM Account GROUP BY AnnualRevenue',
      'INVALID_FIELD',
      "field 'AnnualRevenue' can not be grouped in a query call",
    ],
    [
      "SELECT Id FROM Account WHERE BillingAddress = 'x'",
      'INVALID_FIELD',
      'Address fields can only be filtered using Distance expressions',
    ],
    [
      'SELECT COUNT(IsDeleted) FROM Account',
      'MALFORMED_QUERY',
      'field IsDeleted does not support aggregate operator COUNT',
    ],
    [
      'SELECT SUM(Name) FROM Account',
      'MALFORMED_QUERY',
      'field Name does not support aggregate operator SUM',
    ],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    [
      'SELECT COUNT(Name) FROM Account GROUP BY Name',
      'MALFORMED_QUERY',
      'Grouped field should not be aggregated: Name',
    ],
    [
      'SELECT COUNT(Id) FROM Account LIMIT 5',
      'MALFORMED_QUERY',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    ],
    ['SELECT Name n FROM Account', 'MALFORMED_QUERY', 'only aggregate expressions use field aliasing'],
    ['SELECT Id, name, Name FROM Account', 'INVALID_FIELD', 'duplicate field selected: Name'],
    [
      'SELECT FIELDS(ALL) FROM Account',
      'MALFORMED_QUERY',
      'The SOQL FIELDS function must have a LIMIT of at most 200',
    ],
    [
      'SELECT Id FROM Account WHERE Name = :name',
      'MALFORMED_QUERY',
      'Bind variables only allowed in Apex code',
    ],
    [
      'SELECT Id FROM Account WHERE Phone = Fax',
      'MALFORMED_QUERY',
      'Bind variables only allowed in Apex code',
    ],
    ["SELECT Id FROM Account WHERE Id = 'short'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: short'],
    [
      "SELECT Id FROM Account WHERE Id LIKE '001%'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid operator on id field',
    ],
    [
      'SELECT Id FROM Account WHERE CreatedDate = 2024-05-13',
      'INVALID_FIELD',
      "value of filter criterion for field 'CreatedDate' must be of type dateTime",
    ],
    [
      "SELECT Id FROM Account WHERE CreatedDate = '2024-05-13'",
      'INVALID_FIELD',
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Account WHERE AnnualRevenue = '5'",
      'INVALID_FIELD',
      "value of filter criterion for field 'AnnualRevenue' must be of type double and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM Account)',
      'MALFORMED_QUERY',
      'The inner and outer selects should not be on the same object type',
    ],
    [
      "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) OR Name = 'x'",
      'MALFORMED_QUERY',
      "Semi join sub-selects are not allowed with the 'OR' operator",
    ],
    [
      "SELECT Id FROM Account WHERE (Name = 'x' AND Id IN (SELECT AccountId FROM Contact)) AND (Name = 'y')",
      'MALFORMED_QUERY',
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
    ],
    [
      'SELECT Id FROM Account LIMIT 1 OFFSET 2001',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Maximum SOQL offset allowed is 2000',
    ],
    ['SELECT Id FROM Account ALL ROWS', 'MALFORMED_QUERY', 'ALL ROWS not allowed in this context'],
    ['SELECT * FROM Account', 'MALFORMED_QUERY', "unexpected token: '*'"],
    ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY', "unexpected token: '<EOF>'"],
    [
      "SELECT Id FROM Account WHERE Name = 'x",
      'MALFORMED_QUERY',
      "line 1:38 no viable alternative at character '<EOF>'",
    ],
    [
      'SELECT Id FROM Account WHERE Name LIKE 5',
      'INVALID_FIELD',
      "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    ['SELECT Id FROM Account WHERE Name IN ()', 'MALFORMED_QUERY', "unexpected token: ')'"],
    [
      'SELECT count() FROM Account ORDER BY Name',
      'MALFORMED_QUERY',
      'Non-grouped query that uses overall aggregate functions cannot also use ORDER BY',
    ],
    ['SELECT count() FROM Account GROUP BY Name', 'MALFORMED_QUERY', "unexpected token: 'GROUP'"],
    [' ', 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null'],
  ];

  test.each(cases)('%s', async (soql, errorCode, message) => {
    const { status, body } = await ask(soql);
    const [error] = body as { errorCode: string; message: string }[];
    expect({ status, errorCode: error?.errorCode, end: error?.message.split('\n').at(-1) }).toEqual({
      status: 400,
      errorCode,
      end: message,
    });
  });
});

describe('what cannot be read within a word is pointed at with the character before it', () => {
  const cases: [soql: string, message: string][] = [
    [
      String.raw`SELECT Id, Phone, Fax, Title from Contact where FirstName = 'Anne\-Marie'`,
      `from Contact where FirstName = 'Anne\\-Marie'\n${' '.repeat(30)}^\nERROR at Row:1:Column:60\n` +
        String.raw`Invalid string literal 'Anne\-Marie'. Illegal character sequence '\-' in string literal.`,
    ],
    [
      'SELECT FirstName, LastName FROM Contact WHERE Id = "003"',
      `LastName FROM Contact WHERE Id = "003"\n${' '.repeat(32)}^\nERROR at Row:1:Column:51\n` +
        `line 1:51 no viable alternative at character '"'`,
    ],
    [
      'SELECT Id\nFROM Account WHERE CreatedDate = 2020-03-17T21:04:32.000 0000',
      `CreatedDate = 2020-03-17T21:04:32.000 0000\n${' '.repeat(36)}^\nERROR at Row:2:Column:56\n` +
        `line 2:56 no viable alternative at character ' '`,
    ],
  ];
  test.each(cases)('%s', async (soql, message) => {
    expect(await ask(soql)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'MALFORMED_QUERY', message: `\n${message}` }],
    });
  });

  test('but a backslash may stand before what needs one', async () => {
    const soql = String.raw`SELECT Id FROM Account WHERE Name = '\'\"\\\n\u00e9' OR Name LIKE '\%\_'`;
    expect(await ask(soql)).toMatchObject({ status: 200, body: { totalSize: 0 } });
  });
});

const refused = [
  'USING SCOPE team',
  'UPDATE TRACKING',
  'WITH DATA CATEGORY A__c AT b__c',
  'WITH SYSTEM_MODE',
];
test.each(refused)('%s is refused rather than ignored', async (clause) => {
  expect(await ask(`SELECT Id FROM Account ${clause}`)).toMatchObject({ status: 400 });
});

const accepted = ['FOR VIEW', 'FOR REFERENCE', 'FOR UPDATE', 'WITH SECURITY_ENFORCED', 'WITH USER_MODE'];
test.each(accepted)('%s is accepted', async (clause) => {
  expect(await ask(`SELECT Id FROM Account ${clause}`)).toMatchObject({ status: 200 });
});

test('a scan of more rows than the org has time for ends as a time-out, a look-up does not', async () => {
  await org.control('PUT', '/settings', { queryTimeoutRows: 10 });
  const scan = await ask("SELECT Id FROM Account WHERE Name = 'x'");
  const lookUp = await ask("SELECT Id FROM Account WHERE ERP_Code__c = 'x'");
  await org.control('PUT', '/settings', { queryTimeoutRows: null });
  expect(scan).toMatchObject({ status: 400, body: [{ errorCode: 'QUERY_TIMEOUT' }] });
  expect(lookUp.status).toBe(200);
});

test('groups do not go on to another page', async () => {
  await org.control('POST', '/accounts', { count: 2001 });
  const soql = 'SELECT Name, COUNT(Id) FROM Account GROUP BY Name';
  expect(await ask(soql)).toMatchObject({ status: 400, body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }] });
  expect((await ask(`${soql} LIMIT 2000`)).body).toMatchObject({ totalSize: 2000, done: true });
});

test('a query is only read, never posted', async () => {
  expect(await org.call('/query', { method: 'POST', body: { q: 'SELECT Id FROM Account' } })).toMatchObject({
    status: 405,
    body: [{ errorCode: 'METHOD_NOT_ALLOWED' }],
  });
});
