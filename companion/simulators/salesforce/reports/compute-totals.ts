import { flattenGroups } from './group-rows.ts';
import type { ReportRun } from './run-report.ts';

/** The figures of every group, by the keys of the group down and the group across; `T` stands for all of them. */
export function computeTotals({
  rows,
  aggregates,
  down,
  across,
}: ReportRun): Map<string, Map<string, number | null>> {
  const whole = { key: 'T', rows };
  const totals = new Map<string, Map<string, number | null>>();
  for (const side of [whole, ...flattenGroups(across)]) {
    const members = new Set(side.rows);
    for (const group of [whole, ...flattenGroups(down)]) {
      const both = side === whole ? group.rows : group.rows.filter((row) => members.has(row));
      if (both.length === 0 && group !== whole && side !== whole) continue;
      totals.set(
        `${group.key}!${side.key}`,
        new Map(aggregates.map(({ name, compute }) => [name, compute(both)])),
      );
    }
  }
  return totals;
}
