import { describeRun } from '../../../simulators/salesforce/reports/describe-run.ts';
import { openView } from '../../../simulators/salesforce/reports/open-view.ts';
import { readReport } from '../../../simulators/salesforce/reports/read-report.ts';
import { readReportType } from '../../../simulators/salesforce/reports/read-report-type.ts';
import { runReport } from '../../../simulators/salesforce/reports/run-report.ts';
import type { UserName } from '../../../simulators/salesforce/org/sample-users.ts';
import type { TestOrg } from './open-simulator.ts';

const fields = [
  ...['Name', 'Owner', 'Type', 'Industry', 'Rating', 'CreatedDate', 'Description'],
  ...['Overdue_Amount__c', 'Due_Invoices__c', 'Oldest_Overdue_Date__c', 'Payer_Rating__c', 'Portal_Link__c'],
];
export const column = (table: string, field: string) =>
  `<columns><checkedByDefault>true</checkedByDefault><field>${field}</field><table>${table}</table></columns>`;
export const writeType = (
  extra = '',
  sections = '',
) => `<ReportType><baseObject>Account</baseObject><deployed>true</deployed>
  <label>Accounts</label>${extra}<sections>${fields.map((name) => column('Account', name)).join('')}<masterLabel>Account</masterLabel></sections>${sections}</ReportType>`;
export const writeReport = (body: string, columns = '<columns><field>Account$Name</field></columns>') =>
  `<Report>${columns}<name>Fixture</name><reportType>Accounts__c</reportType>${body}</Report>`;
export const criterion = (name: string, operator: string, value: string) =>
  `<criteriaItems><column>Account$${name}</column><operator>${operator}</operator><value>${value}</value></criteriaItems>`;
export const down = (name: string, extra = '') =>
  `<groupingsDown><field>Account$${name}</field><sortOrder>Asc</sortOrder>${extra}</groupingsDown>`;

export interface Outcome {
  columns: { name: string; label: string; type: string }[];
  hiddenColumns: string[];
  rows: { id: string; down: string; across: string; values: Record<string, unknown> }[];
  groupings: Record<'down' | 'across', { key: string; value: unknown; label: string; groups: unknown[] }[]>;
  totals: Record<string, Record<string, number | null>>;
}

/** Runs a report that is written out in a test. */
export function runFixture(
  org: TestOrg,
  report: string,
  type = writeType(),
  user: UserName = 'admin',
): Outcome {
  const definition = readReport(report, 'Fixture');
  const found = runReport(openView(org.simulator.org, user), definition, readReportType(type, 'Accounts'));
  return JSON.parse(JSON.stringify(describeRun(found))) as Outcome;
}

/** The names that a report found. */
export const listNames = (outcome: Outcome) => outcome.rows.map(({ values }) => values.Account$Name);
