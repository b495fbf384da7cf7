import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';
import { criterion, down, runFixture, writeReport } from './report-fixtures.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
afterAll(() => org.close());

test.each([
  [
    '<aggregates><developerName>F</developerName></aggregates><format>Summary</format>',
    'aggregates is not supported',
  ],
  ['<format>MultiBlock</format>', 'format: MultiBlock is not supported'],
  ['<format>Tabular</format><scope>team</scope>', 'scope: team is not supported'],
  [
    '<format>Tabular</format><filter><criteriaItems><column>Account$Name</column><operator>within</operator></criteriaItems></filter>',
    'within is not supported',
  ],
  [
    '<format>Tabular</format><timeFrameFilter><dateColumn>Account$CreatedDate</dateColumn><interval>THIS_FISCALWEEK</interval></timeFrameFilter>',
    'THIS_FISCALWEEK is not supported',
  ],
  [
    `<format>Summary</format>${down('CreatedDate', '<dateGranularity>FiscalWeek</dateGranularity>')}`,
    'FiscalWeek is not supported',
  ],
  [`<format>Tabular</format>${down('Rating')}`, 'at most 0 groupings'],
  ['<format>Tabular</format><rowLimit>3</rowLimit>', 'row limit needs'],
  [`<format>Summary</format>${down('Fax')}`, 'not a field of the report type'],
  [
    `<format>Tabular</format><filter>${criterion('Overdue_Amount__c', 'contains', '1')}</filter>`,
    'contains is not supported',
  ],
  [
    `<format>Tabular</format><filter>${criterion('Oldest_Overdue_Date__c', 'equals', 'someday')}</filter>`,
    'someday is no date',
  ],
  [
    `<format>Tabular</format><filter>${criterion('Name', 'equals', '$USER')}</filter>`,
    'the filter value $USER is not supported',
  ],
])('what cannot be run is refused by its name: %s', (body, message) => {
  expect(() => runFixture(org, writeReport(body))).toThrow(message);
});
