import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';
import { criterion, listNames, runFixture, writeReport, writeType, type Outcome } from './report-fixtures.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());
beforeEach(async () => {
  await org.control('POST', '/reset');
  org.simulator.org.store.clear(['Account', 'Contact']);
});

/** The names that a tabular report with these filters finds. */
const filtered = (filters: string, logic = '') =>
  listNames(runFixture(org, writeReport(`<filter>${logic}${filters}</filter><format>Tabular</format>`)));

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('the package’s report sums what is late by owner, as the signed-in user sees it', async () => {
  const { rep, admin } = org.simulator.org.users;
  await org.seed([
    { Name: 'A', OwnerId: rep.id, Overdue_Amount__c: 100.5, Outstanding_Amount__c: 200 },
    { Name: 'B', OwnerId: rep.id, Overdue_Amount__c: 300, Outstanding_Amount__c: 300 },
    { Name: 'C', OwnerId: admin.id, Overdue_Amount__c: 50, Outstanding_Amount__c: 60 },
    { Name: 'Nothing late', OwnerId: admin.id, Overdue_Amount__c: 0 },
    { Name: 'Unknown', OwnerId: admin.id },
  ]);
  const reply = await org.control('GET', '/reports/Overdue_by_owner?user=rep');
  const { rows, groupings, totals } = reply.body as Outcome;
  expect(groupings.down.map(({ label }) => label)).toEqual(['Amina Okafor', 'Ruben Castellanos']);
  expect(totals['1!T']).toMatchObject({ RowCount: 2, 'Sum Account$Overdue_Amount__c': 400.5 });
  expect(totals['T!T']).toMatchObject({ RowCount: 3, 'Sum Account$Outstanding_Amount__c': 560 });
  expect(rows.map(({ values, down: key }) => [values.Account$Name, key])).toEqual([
    ['B', '1'],
    ['A', '1'],
    ['C', '0'],
  ]);
});

test('a column that the user may not see is left out, and a filter on it is refused', async () => {
  const report = writeReport(
    '<format>Tabular</format>',
    '<columns><field>Account$Name</field></columns><columns><field>Account$Overdue_Amount__c</field></columns>',
  );
  await org.seed([{ Name: 'A', Overdue_Amount__c: 1 }]);
  await org.control('PUT', '/settings', { permissionSets: { rep: [] } });
  const outcome = runFixture(org, report, writeType(), 'rep');
  expect(outcome.hiddenColumns).toEqual(['Account$Overdue_Amount__c']);
  expect(outcome.rows[0]?.values).toEqual({ Account$Name: 'A' });
  const reply = await org.control('GET', '/reports/Overdue_by_owner?user=rep');
  expect([reply.status, reply.body]).toEqual([
    400,
    { error: 'You have no access to Overdue_Amount__c of Account.' },
  ]);
});

test.each([
  ['equals', 'alpha', ['Alpha']],
  ['equals', 'Alpha, "Beta, Ltd"', ['Alpha', 'Beta, Ltd']],
  ['notEqual', 'Alpha', ['Beta, Ltd', 'Gamma']],
  ['contains', 'MA,lph', ['Alpha', 'Gamma']],
  ['notContain', 'a', []],
  ['startsWith', 'b', ['Beta, Ltd']],
  ['greaterThan', 'Beta, Ltd', ['Beta, Ltd', 'Gamma']],
])('a text %s %s', async (operator, value, expected) => {
  await org.seed([{ Name: 'Alpha' }, { Name: 'Beta, Ltd' }, { Name: 'Gamma' }]);
  expect(filtered(criterion('Name', operator, value))).toEqual(expected);
});

test.each([
  ['equals', '5', ['five']],
  ['notEqual', '5', ['nine', 'blank']],
  ['lessThan', '9', ['five']],
  ['lessOrEqual', '9', ['five', 'nine']],
  ['greaterThan', '5', ['nine']],
  ['greaterOrEqual', '$5', ['five', 'nine']],
  ['equals', '', ['blank']],
  ['notEqual', '', ['five', 'nine']],
])('a number %s %s; a blank is neither more nor less than any', async (operator, value, expected) => {
  await org.seed([
    { Name: 'five', Due_Invoices__c: 5 },
    { Name: 'nine', Due_Invoices__c: 9 },
    { Name: 'blank' },
  ]);
  expect(filtered(criterion('Due_Invoices__c', operator, value))).toEqual(expected);
});

test.each([
  ['equals', 'TODAY', ['today']],
  ['equals', 'LAST_N_DAYS:1', ['yesterday', 'today']],
  ['equals', 'last 1 days', ['yesterday', 'today']],
  ['lessThan', 'TODAY', ['old', 'yesterday']],
  ['greaterThan', 'LAST_N_DAYS:90', []],
  ['notEqual', 'TODAY', ['old', 'yesterday', 'blank']],
  ['equals', '1/31/2020', ['old']],
  ['lessOrEqual', '2020-01-31', ['old']],
])('a date %s %s', async (operator, value, expected) => {
  await org.seed([
    { Name: 'old', Oldest_Overdue_Date__c: '2020-01-31' },
    { Name: 'yesterday', Oldest_Overdue_Date__c: dayFromNow(-1) },
    { Name: 'today', Oldest_Overdue_Date__c: dayFromNow(0) },
    { Name: 'blank' },
  ]);
  expect(filtered(criterion('Oldest_Overdue_Date__c', operator, value))).toEqual(expected);
});

test('a picklist includes one of several values', async () => {
  await org.seed([
    { Name: 'a', Payer_Rating__c: 'A' },
    { Name: 'b', Payer_Rating__c: 'B' },
    { Name: 'c', Payer_Rating__c: 'C' },
  ]);
  expect(filtered(criterion('Payer_Rating__c', 'includes', 'A,C'))).toEqual(['a', 'c']);
});

test('filter logic joins filters as it says, and is refused where it cannot be read', async () => {
  await org.seed([
    { Name: 'a', Type: 'Prospect', Industry: 'Banking' },
    { Name: 'b', Type: 'Other', Industry: 'Media' },
    { Name: 'c', Type: 'Other', Industry: 'Banking' },
  ]);
  const three =
    criterion('Name', 'equals', 'a') +
    criterion('Type', 'equals', 'Other') +
    criterion('Industry', 'equals', 'Media');
  const logic = (text: string) => filtered(three, `<booleanFilter>${text}</booleanFilter>`);
  expect(logic('1 OR (2 AND 3)')).toEqual(['a', 'b']);
  expect(logic('(1 OR 2) AND NOT 3')).toEqual(['a', 'c']);
  expect(() => logic('1 OR 2 AND 3')).toThrow('need parentheses');
  expect(() => logic('1 OR 2')).toThrow('does not use filter 3');
  expect(() => logic('1 OR 2 OR 3 OR 4')).toThrow('cannot be read');
});

test('a time frame keeps what lies within it', async () => {
  await org.seed([
    { Name: 'last year', Oldest_Overdue_Date__c: `${new Date().getUTCFullYear() - 1}-06-15` },
    { Name: 'today', Oldest_Overdue_Date__c: dayFromNow(0) },
    { Name: 'blank' },
  ]);
  const frame = (inner: string) =>
    listNames(
      runFixture(
        org,
        writeReport(
          `<format>Tabular</format><timeFrameFilter><dateColumn>Account$Oldest_Overdue_Date__c</dateColumn>${inner}</timeFrameFilter>`,
        ),
      ),
    );
  expect(frame('<interval>INTERVAL_PREVY</interval>')).toEqual(['last year']);
  expect(frame('<interval>INTERVAL_CURRENT</interval>')).toEqual(['today']);
  expect(frame('<interval>INTERVAL_LAST7</interval>')).toEqual(['today']);
  expect(
    frame(
      `<interval>INTERVAL_CUSTOM</interval><startDate>${dayFromNow(0)}</startDate><endDate>${dayFromNow(0)}</endDate>`,
    ),
  ).toEqual(['today']);
  expect(frame('<interval>INTERVAL_CUSTOM</interval>')).toHaveLength(3);
});
