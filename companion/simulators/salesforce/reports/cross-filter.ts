import { findColumn, type Row, type Viewer } from './column.ts';
import { compileFilter, type Predicate } from './compile-filter.ts';
import { listRecords } from './list-rows.ts';
import type { CrossFilterDefinition } from './read-report.ts';

/** Compiles `Accounts with Opportunities` or `without`: whether a row has related records that meet the sub-filters. */
export function compileCrossFilter(viewer: Viewer, filter: CrossFilterDefinition, table: string): Predicate {
  const { relatedTable } = filter;
  const find = (name: string) =>
    findColumn(viewer, relatedTable, relatedTable, name, name.split('$').at(-1) ?? name);
  const tests = filter.criteriaItems.map((item) =>
    compileFilter(find(item.column), item.operator, item.value, viewer.now),
  );
  const lookup = viewer.access
    .get(relatedTable.toLowerCase())
    ?.fields.get(filter.relatedTableJoinColumn.toLowerCase());
  // A name that leads nowhere is refused, with the same words as any column.
  const joinColumn = lookup?.name ?? find(filter.relatedTableJoinColumn).name;
  const related = new Set<unknown>();
  for (const record of listRecords(viewer, relatedTable)) {
    const row: Row = new Map([[relatedTable, record]]);
    if (tests.every((test) => test(row))) related.add(record[joinColumn]);
  }
  const wanted = filter.operation === 'with';
  return (row) => related.has(row.get(table)?.Id) === wanted;
}
