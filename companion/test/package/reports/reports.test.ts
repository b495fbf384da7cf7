import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from '../../simulators/salesforce/open-simulator.ts';
import { plainReports, type PlainReport, type PlainRow } from './plain-reports.ts';
import { goToWednesdayNoon, plantRows } from './plant-rows.ts';
import { ownedBy, readRawRecords, type RawRecords } from './raw-records.ts';

interface Outcome {
  columns: { name: string }[];
  rows: { down: string; values: Record<string, unknown> }[];
  groupings: { down: { key: string; value: unknown }[] };
  totals: Record<string, Record<string, number | null>>;
}

let org: TestOrg;
let records: RawRecords;

beforeAll(async () => {
  org = await openSimulator();
  await plantRows(org, await goToWednesdayNoon(org));
  records = await readRawRecords(org);
});
afterAll(() => org.close());

async function run(name: string, user: 'admin' | 'rep'): Promise<Outcome> {
  const reply = await org.control('GET', `/reports/${name}?user=${user}`);
  expect([name, reply.status]).toEqual([name, 200]);
  return reply.body as Outcome;
}

/** The rows of an outcome as a person reads them off: the group, then the values from left to right. */
function readRows({ columns, rows, groupings }: Outcome): PlainRow[] {
  const groups = new Map(groupings.down.map(({ key, value }) => [key, value]));
  return rows.map(({ down, values }) => ({
    group: groups.get(down) ?? null,
    values: columns.map(({ name }) => settle(values[name])),
  }));
}

/** A moment is written in two ways, which mean the same. */
function settle(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : (value ?? null);
}

/** Rows that are alike in what they are sorted by may stand in any order. */
function inAnyOrder(rows: PlainRow[]): string[] {
  return rows.map(({ group, values }) => JSON.stringify([group ?? null, ...values.map(settle)])).sort();
}

function expectSorted(rows: PlainRow[], { column, descending }: NonNullable<PlainReport['sorted']>): void {
  for (const group of new Set(rows.map((row) => row.group))) {
    const values = rows.filter((row) => row.group === group).map((row) => row.values[column] ?? null);
    const known = values.filter((value) => value !== null) as (number | string)[];
    expect(known).toEqual([...known].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1)));
    const blanks = values.map((value) => value === null);
    expect(blanks).toEqual([...blanks].sort((a, b) => (Number(b) - Number(a)) * (descending ? -1 : 1)));
  }
}

/** Every figure of a group, or of all rows. */
function computeFigures({ sums = {}, averages = {} }: PlainReport, rows: PlainRow[]): Record<string, number> {
  const numbers = (column: number) => rows.flatMap(({ values }) => values[column] ?? []) as number[];
  const add = (list: number[]) => list.reduce((total, value) => total + value, 0);
  return {
    RowCount: rows.length,
    ...Object.fromEntries(
      Object.entries(sums).map(([field, column]) => [`Sum ${field}`, add(numbers(column))]),
    ),
    ...Object.fromEntries(
      Object.entries(averages).map(([field, column]) => [
        `Average ${field}`,
        add(numbers(column)) / numbers(column).length,
      ]),
    ),
  };
}

function readFigures(outcome: Outcome, key: string): Record<string, number | null> {
  const figures = Object.entries(outcome.totals[`${key}!T`] ?? {});
  return Object.fromEntries(figures.map(([name, value]) => [name.replace(/ \S*\$/, ' '), value]));
}

function expectFigures(found: Record<string, number | null>, wanted: Record<string, number>): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, value] of Object.entries(wanted)) {
    if (Number.isNaN(value)) expect([name, found[name]]).toEqual([name, null]);
    else expect(found[name]).toBeCloseTo(value, 6);
  }
}

function expectRight(outcome: Outcome, plain: PlainReport, seen: RawRecords): void {
  const wanted = plain.rows(seen);
  const rows = readRows(outcome);
  expect(wanted.length).toBeGreaterThan(0);
  expect(inAnyOrder(rows)).toEqual(inAnyOrder(wanted));
  if (plain.sorted !== undefined) expectSorted(rows, plain.sorted);
  expectFigures(readFigures(outcome, 'T'), computeFigures(plain, wanted));
  for (const { key, value } of outcome.groupings.down) {
    const group = wanted.filter((row) => settle(row.group) === settle(value));
    expectFigures(readFigures(outcome, key), computeFigures(plain, group));
  }
}

test('every report of the package is worked out by hand too', async () => {
  const reply = await org.control('GET', '/reports');
  const { reports } = reply.body as { reports: { name: string }[] };
  expect(reports.map(({ name }) => name).sort()).toEqual(Object.keys(plainReports).sort());
});

describe.each(Object.entries(plainReports))('the report %s', (name, plain) => {
  test('shows an admin the rows and figures that the records give', async () => {
    expectRight(await run(name, 'admin'), plain, records);
  });

  test('shows a sales rep only its own where records are private', async () => {
    await org.control('PUT', '/settings', { sharing: { Account: 'Private', Opportunity: 'Private' } });
    try {
      expectRight(await run(name, 'rep'), plain, ownedBy(records, org.simulator.org.users.rep.id));
    } finally {
      await org.control('PUT', '/settings', { sharing: {} });
    }
  });
});
