import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { openSimulator, type TestOrg } from '../../simulators/salesforce/open-simulator.ts';
import { goToWednesdayNoon, plantRows } from './plant-rows.ts';
import { readRawRecords, type RawAccount, type RawRecords } from './raw-records.ts';

const DASHBOARD = join(
  import.meta.dirname,
  '../../../../force-app/main/default/dashboards/Upflow/Upflow_Collections.dashboard-meta.xml',
);

interface Component {
  header: string;
  report: string;
  groupingColumn?: string[];
  chartSummary?: { aggregate?: string; column: string };
  dashboardTableColumn?: { aggregateType?: string; column: string }[];
}

interface Outcome {
  groupings: { down: { key: string; field: string; label: string }[] };
  totals: Record<string, Record<string, number | null>>;
}

/** A figure in all, under the blank group, or one for each group. */
type Figures = Record<string, number>;

let org: TestOrg;
let records: RawRecords;

beforeAll(async () => {
  org = await openSimulator();
  await plantRows(org, await goToWednesdayNoon(org));
  records = await readRawRecords(org);
});
afterAll(() => org.close());

const money = (value: unknown): number => Number(value ?? 0);

function addUp<T>(rows: T[], group: (row: T) => unknown, value: (row: T) => number): Figures {
  const figures: Figures = {};
  for (const row of rows) {
    const key = String(group(row));
    figures[key] = (figures[key] ?? 0) + value(row);
  }
  return figures;
}

const inAll = () => '';
const isOverdue = (account: RawAccount) => money(account.Overdue_Amount__c) > 0;
const isOwing = (account: RawAccount) => money(account.Outstanding_Amount__c) > 0;
const ofOwner = (account: RawAccount) => account.ownerName;

/** What the header of each component promises, worked out from the records. */
const plainComponents: Record<string, (records: RawRecords) => Figures[]> = {
  'Overdue in all': ({ accounts }) => [
    addUp(accounts.filter(isOverdue), inAll, ({ Overdue_Amount__c }) => money(Overdue_Amount__c)),
  ],
  'Collection paused': ({ accounts }) => [
    addUp(
      accounts.filter(({ Collection_Status__c }) => Collection_Status__c === 'Paused'),
      inAll,
      () => 1,
    ),
  ],
  'Needs attention': ({ accounts }) => [
    addUp(
      accounts.filter(({ Sync_Status__c }) => Sync_Status__c === 'Needs attention'),
      inAll,
      () => 1,
    ),
  ],
  'Overdue by owner': ({ accounts }) => [
    addUp(accounts.filter(isOverdue), ofOwner, ({ Overdue_Amount__c }) => money(Overdue_Amount__c)),
  ],
  'Ageing by owner': ({ accounts }) =>
    ['Due_Amount__c', 'Overdue_1_30__c', 'Overdue_31_60__c', 'Overdue_61_90__c', 'Overdue_Over_90__c'].map(
      (field) => addUp(accounts.filter(isOwing), ofOwner, (account) => money(account[field])),
    ),
  'Payers by rating': ({ accounts }) => [
    addUp(
      accounts.filter(({ Payer_Rating__c }) => Payer_Rating__c !== null),
      ({ Payer_Rating__c }) => Payer_Rating__c,
      () => 1,
    ),
  ],
  'Late, with open Opportunities': ({ opportunities }) => [
    addUp(
      opportunities.filter(({ account, IsClosed }) => isOverdue(account) && IsClosed === false),
      ({ account }) => account.Name,
      ({ Amount }) => money(Amount),
    ),
  ],
};

function readComponents(): Component[] {
  const parser = new XMLParser({
    isArray: (name) => ['groupingColumn', 'dashboardTableColumn', 'dashboardGridComponents'].includes(name),
  });
  const { Dashboard } = parser.parse(readFileSync(DASHBOARD, 'utf8')) as {
    Dashboard: { dashboardGridLayout: { dashboardGridComponents: { dashboardComponent: Component }[] } };
  };
  return Dashboard.dashboardGridLayout.dashboardGridComponents.map((cell) => cell.dashboardComponent);
}

/** The names of the figures that a component shows, as a report's totals have them. */
function listFigures({ chartSummary, dashboardTableColumn = [] }: Component): string[] {
  if (chartSummary !== undefined)
    return [[chartSummary.aggregate, chartSummary.column].filter(Boolean).join(' ')];
  return dashboardTableColumn.flatMap(({ aggregateType, column }) =>
    aggregateType === undefined ? [] : `${aggregateType} ${column}`,
  );
}

function readFigure({ groupings, totals }: Outcome, name: string, grouping: string | undefined): Figures {
  if (grouping === undefined) return { '': Number(totals['T!T']?.[name]) };
  expect(groupings.down.map(({ field }) => field)).toContain(grouping);
  return Object.fromEntries(
    groupings.down.map(({ key, label }) => [label, Number(totals[`${key}!T`]?.[name])]),
  );
}

test('every component of the dashboard is worked out by hand too', () => {
  const headers = readComponents().map(({ header }) => header);
  expect(headers.sort()).toEqual(Object.keys(plainComponents).sort());
});

test.each(readComponents())('the component “$header” shows what its header says', async (component) => {
  const name = component.report.split('/')[1] ?? '';
  const reply = await org.control('GET', `/reports/${name}`);
  expect(reply.status).toBe(200);
  const grouping = component.groupingColumn?.[0] ?? component.dashboardTableColumn?.[0]?.column;
  const found = listFigures(component).map((figure) => readFigure(reply.body as Outcome, figure, grouping));
  const wanted = plainComponents[component.header]?.(records) ?? [];
  expect(found).toHaveLength(wanted.length);
  for (const [index, figures] of wanted.entries()) {
    expect(Object.keys(found[index] ?? {}).sort()).toEqual(Object.keys(figures).sort());
    for (const [group, value] of Object.entries(figures)) expect(found[index]?.[group]).toBeCloseTo(value, 6);
  }
});
