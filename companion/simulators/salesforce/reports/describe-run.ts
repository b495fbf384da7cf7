import type { FieldValue } from '../store/stored-record.ts';
import { computeTotals } from './compute-totals.ts';
import { flattenGroups, type Group } from './group-rows.ts';
import type { ReportRun } from './run-report.ts';

interface GroupFacts {
  key: string;
  field: string;
  value: FieldValue | null;
  label: string;
  groups: GroupFacts[];
}

/** A report's outcome as plain values, for programs: every row with its place in the groups, and every total. */
export function describeRun(run: ReportRun): object {
  const { definition, type, columns, hidden, aggregates, rows } = run;
  const keysDown = keysByRow(run.down);
  const keysAcross = keysByRow(run.across);
  return {
    label: definition.name,
    format: definition.format,
    reportType: type.name,
    currency: run.currency,
    columns: columns.map(({ name, label, type: kind }) => ({ name, label, type: kind })),
    hiddenColumns: hidden,
    aggregates: aggregates.map(({ name, label }) => ({ name, label })),
    rows: rows.map((row) => ({
      id: row.get(type.baseObject)?.Id,
      down: keysDown.get(row) ?? 'T',
      across: keysAcross.get(row) ?? 'T',
      values: Object.fromEntries(columns.map((column) => [column.name, column.read(row)])),
    })),
    groupings: { down: run.down.map(describeGroup), across: run.across.map(describeGroup) },
    totals: Object.fromEntries(
      [...computeTotals(run)].map(([key, figures]) => [key, Object.fromEntries(figures)]),
    ),
  };
}

function describeGroup({ key, field, value, label, groups }: Group): GroupFacts {
  return { key, field, value, label, groups: groups.map(describeGroup) };
}

/** The innermost group of each row. */
function keysByRow(groups: readonly Group[]): Map<unknown, string> {
  return new Map(flattenGroups(groups).flatMap(({ key, rows }) => rows.map((row) => [row, key] as const)));
}
