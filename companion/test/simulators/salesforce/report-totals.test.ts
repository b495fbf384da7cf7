import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';
import { column, down, listNames, runFixture, writeReport, writeType } from './report-fixtures.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());
beforeEach(async () => {
  await org.control('POST', '/reset');
  org.simulator.org.store.clear(['Account', 'Contact']);
});

test('rows are sorted and cut, and the totals are those of the rows that stay', async () => {
  await org.seed([
    { Name: 'a', Overdue_Amount__c: 1 },
    { Name: 'b', Overdue_Amount__c: 3 },
    { Name: 'c', Overdue_Amount__c: 2 },
  ]);
  const outcome = runFixture(
    org,
    writeReport(
      '<format>Tabular</format><rowLimit>2</rowLimit><sortColumn>Account$Overdue_Amount__c</sortColumn><sortOrder>Desc</sortOrder>',
      '<columns><field>Account$Name</field></columns><columns><aggregateTypes>Sum</aggregateTypes><field>Account$Overdue_Amount__c</field></columns>',
    ),
  );
  expect(listNames(outcome)).toEqual(['b', 'c']);
  expect(outcome.totals['T!T']).toEqual({ 'Sum Account$Overdue_Amount__c': 5, RowCount: 2 });
});

test('every aggregate is computed over the values that there are', async () => {
  await org.seed([
    { Name: 'a', Due_Invoices__c: 1, Payer_Rating__c: 'A' },
    { Name: 'b', Due_Invoices__c: 4, Payer_Rating__c: 'a' },
    { Name: 'c', Due_Invoices__c: 10 },
    { Name: 'd' },
  ]);
  const types = ['Sum', 'Average', 'Maximum', 'Minimum', 'Median'].map(
    (type) => `<aggregateTypes>${type}</aggregateTypes>`,
  );
  const outcome = runFixture(
    org,
    writeReport(
      '<format>Tabular</format>',
      `<columns>${types.join('')}<field>Account$Due_Invoices__c</field></columns><columns><aggregateTypes>Unique</aggregateTypes><field>Account$Payer_Rating__c</field></columns>`,
    ),
  );
  expect(outcome.totals['T!T']).toEqual({
    'Sum Account$Due_Invoices__c': 15,
    'Average Account$Due_Invoices__c': 5,
    'Maximum Account$Due_Invoices__c': 10,
    'Minimum Account$Due_Invoices__c': 1,
    'Median Account$Due_Invoices__c': 4,
    'Unique Account$Payer_Rating__c': 1,
    RowCount: 4,
  });
});

test('groups nest; a blank is a group, picklists keep their order, and a figure can sort them', async () => {
  await org.seed([
    { Name: 'a', Rating: 'Cold', Type: 'Prospect', Overdue_Amount__c: 1 },
    { Name: 'b', Rating: 'Hot', Type: 'Other', Overdue_Amount__c: 2 },
    { Name: 'c', Rating: 'Hot', Type: 'Prospect', Overdue_Amount__c: 4 },
    { Name: 'd', Overdue_Amount__c: 8 },
  ]);
  const amounts =
    '<columns><aggregateTypes>Sum</aggregateTypes><field>Account$Overdue_Amount__c</field></columns>';
  const nested = runFixture(
    org,
    writeReport(`<format>Summary</format>${down('Rating')}${down('Type')}`, amounts),
  );
  expect(nested.groupings.down.map(({ label }) => label)).toEqual(['-', 'Hot', 'Cold']);
  expect(nested.totals['1!T']).toEqual({ 'Sum Account$Overdue_Amount__c': 6, RowCount: 2 });
  expect(nested.totals['1_0!T']).toEqual({ 'Sum Account$Overdue_Amount__c': 4, RowCount: 1 });
  expect(nested.rows.map((row) => row.down)).toEqual(['2_0', '1_1', '1_0', '0_0']);
  const byAmount =
    '<aggregateType>Sum</aggregateType><sortByName>Account$Overdue_Amount__c</sortByName><sortType>Aggregate</sortType>';
  const sorted = runFixture(org, writeReport(`<format>Summary</format>${down('Rating', byAmount)}`, amounts));
  expect(sorted.groupings.down.map(({ label }) => label)).toEqual(['Cold', 'Hot', '-']);
});

test.each([
  ['Day', ['1/30/2026', '3/31/2026', '4/1/2026']],
  ['Week', ['1/25/2026 - 1/31/2026', '3/29/2026 - 4/4/2026']],
  ['Month', ['January 2026', 'March 2026', 'April 2026']],
  ['Quarter', ['Q1 CY2026', 'Q2 CY2026']],
  ['FiscalYear', ['2026']],
  ['MonthInYear', ['January', 'March', 'April']],
])('dates are grouped by %s', async (granularity, labels) => {
  await org.seed(
    ['2026-01-30', '2026-03-31', '2026-04-01'].map((day) => ({ Name: day, Oldest_Overdue_Date__c: day })),
  );
  const grouping = down('Oldest_Overdue_Date__c', `<dateGranularity>${granularity}</dateGranularity>`);
  const outcome = runFixture(org, writeReport(`<format>Summary</format>${grouping}`));
  expect(outcome.groupings.down.map(({ label }) => label)).toEqual(labels);
});

test('a matrix has a figure for each pair of groups, and for each row and column', async () => {
  await org.seed([
    { Name: 'a', Rating: 'Hot', Type: 'Prospect', Overdue_Amount__c: 1 },
    { Name: 'b', Rating: 'Hot', Type: 'Other', Overdue_Amount__c: 2 },
    { Name: 'c', Rating: 'Cold', Type: 'Other', Overdue_Amount__c: 4 },
  ]);
  const across = '<groupingsAcross><field>Account$Type</field><sortOrder>Asc</sortOrder></groupingsAcross>';
  const outcome = runFixture(
    org,
    writeReport(
      `<format>Matrix</format>${down('Rating')}${across}`,
      '<columns><aggregateTypes>Sum</aggregateTypes><field>Account$Overdue_Amount__c</field></columns>',
    ),
  );
  const sums = Object.entries(outcome.totals).map(([key, { 'Sum Account$Overdue_Amount__c': sum }]) => [
    key,
    sum,
  ]);
  expect(Object.fromEntries(sums)).toEqual({
    'T!T': 7,
    '0!T': 3,
    '1!T': 4,
    'T!0': 1,
    'T!1': 6,
    '0!0': 1,
    '0!1': 2,
    '1!1': 4,
  });
  expect(outcome.rows.map((row) => `${row.down}!${row.across}`)).toEqual(['0!0', '0!1', '1!1']);
});

test('“mine” are the records that the user owns', async () => {
  const { rep, admin } = org.simulator.org.users;
  await org.seed([
    { Name: 'a', OwnerId: rep.id },
    { Name: 'b', OwnerId: admin.id },
  ]);
  expect(
    listNames(
      runFixture(org, writeReport('<format>Tabular</format><scope>user</scope>'), writeType(), 'rep'),
    ),
  ).toEqual(['a']);
});

test('amounts in several currencies are converted to the report’s', async () => {
  await org.control('PUT', '/settings', { multiCurrency: true });
  await org.seed([
    { Name: 'a', Overdue_Amount__c: 92, CurrencyIsoCode: 'EUR' },
    { Name: 'b', Overdue_Amount__c: 100, CurrencyIsoCode: 'USD' },
  ]);
  const columns =
    '<columns><aggregateTypes>Sum</aggregateTypes><field>Account$Overdue_Amount__c</field></columns>';
  const sum = (extra: string) =>
    runFixture(org, writeReport(`${extra}<format>Tabular</format>`, columns)).totals['T!T'];
  expect(sum('')?.['Sum Account$Overdue_Amount__c']).toBeCloseTo(200);
  expect(sum('<currency>EUR</currency>')?.['Sum Account$Overdue_Amount__c']).toBeCloseTo(184);
});

test('a bucket sorts values into ranges; the upper end is within, the lower is not', async () => {
  await org.seed([
    { Name: 'a', Overdue_Amount__c: 100 },
    { Name: 'b', Overdue_Amount__c: 100.01 },
    { Name: 'c', Overdue_Amount__c: 900 },
    { Name: 'd' },
  ]);
  const bucket = `<buckets><bucketType>number</bucketType><developerName>BucketField_1</developerName><masterLabel>Size</masterLabel><nullTreatment>n</nullTreatment><sourceColumnName>Account$Overdue_Amount__c</sourceColumnName><useOther>false</useOther>
    <values><sourceValues><from>500</from></sourceValues><value>Large</value></values>
    <values><sourceValues><from>100</from><to>500</to></sourceValues><value>Medium</value></values>
    <values><sourceValues><to>100</to></sourceValues><value>Small</value></values></buckets>`;
  const grouping = '<groupingsDown><field>BucketField_1</field><sortOrder>Asc</sortOrder></groupingsDown>';
  const outcome = runFixture(org, writeReport(`${bucket}<format>Summary</format>${grouping}`));
  expect(outcome.groupings.down.map(({ label }) => label)).toEqual(['-', 'Large', 'Medium', 'Small']);
});

const crossFilter = (operation: string, criteria = '') =>
  `<crossFilters>${criteria}<operation>${operation}</operation><primaryTableColumn>Account$Id</primaryTableColumn><relatedTable>Contact</relatedTable><relatedTableJoinColumn>AccountId</relatedTableJoinColumn></crossFilters>`;

async function seedPeople(): Promise<void> {
  const [a, b] = await org.seed([{ Name: 'a' }, { Name: 'b' }, { Name: 'c' }]);
  for (const [AccountId, LastName] of [
    [a, 'One'],
    [a, 'Two'],
    [b, 'Three'],
  ]) {
    const made = await org.call('/sobjects/Contact', {
      method: 'POST',
      user: 'admin',
      body: { AccountId, LastName },
    });
    expect(made.status).toBe(201);
  }
}

test('a cross filter asks for related records, or for their absence', async () => {
  await seedPeople();
  const found = (filter: string) =>
    listNames(runFixture(org, writeReport(`${filter}<format>Tabular</format>`)));
  expect(found(crossFilter('with'))).toEqual(['a', 'b']);
  expect(found(crossFilter('without'))).toEqual(['c']);
  const two =
    '<criteriaItems><column>LastName</column><operator>equals</operator><value>Two</value></criteriaItems>';
  expect(found(crossFilter('with', two))).toEqual(['a']);
});

test('a report type can join related records, with or without the rows that have none', async () => {
  await seedPeople();
  const section = `<sections>${column('Account.Contacts', 'LastName')}<masterLabel>Contacts</masterLabel></sections>`;
  const columns =
    '<columns><field>Account$Name</field></columns><columns><field>Account.Contacts$LastName</field></columns>';
  const found = (outer: boolean) =>
    runFixture(
      org,
      writeReport('<format>Tabular</format>', columns),
      writeType(`<join><outerJoin>${outer}</outerJoin><relationship>Contacts</relationship></join>`, section),
    ).rows.map(({ values }) => Object.values(values));
  expect(found(false)).toEqual([
    ['a', 'One'],
    ['a', 'Two'],
    ['b', 'Three'],
  ]);
  expect(found(true)).toEqual([
    ['a', 'One'],
    ['a', 'Two'],
    ['b', 'Three'],
    ['c', null],
  ]);
});

test('the control call names a report that is not there', async () => {
  const { reports } = (await org.control('GET', '/reports')).body as { reports: object[] };
  expect(reports).toContainEqual({ name: 'Overdue_by_owner', folder: 'Upflow' });
  expect((await org.control('GET', '/reports/Nothing')).status).toBe(404);
  expect((await org.control('GET', '/reports/Overdue_by_owner?user=nobody')).status).toBe(400);
});
