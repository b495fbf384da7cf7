import { parseTime } from '../org/salesforce-times.ts';
import type { Column, Viewer } from './column.ts';
import { compileFilter, type Predicate } from './compile-filter.ts';
import { compileCrossFilter } from './cross-filter.ts';
import { joinFilters } from './filter-logic.ts';
import type { ReportDefinition } from './read-report.ts';
import type { ReportType } from './read-report-type.ts';
import { ReportError } from './report-error.ts';
import { readCustomInterval, readInterval } from './time-frame.ts';

/** Finds a column of the report by its name, or says why there is none. */
export type FindColumn = (name: string) => Column;

/** Compiles all that decides whether a row is in the report: filters, related records, time frame and scope. */
export function compileConditions(
  viewer: Viewer,
  definition: ReportDefinition,
  type: ReportType,
  find: FindColumn,
): Predicate {
  const { filter, scope, crossFilters } = definition;
  const conditions = [
    joinFilters(
      filter.criteriaItems.map(({ column, operator, value }) =>
        compileFilter(find(column), operator, value, viewer.now),
      ),
      filter.booleanFilter,
    ),
    ...crossFilters.map((crossFilter) => compileCrossFilter(viewer, crossFilter, type.baseObject)),
    ...compileTimeFrame(viewer, definition, find),
  ];
  if (scope === 'user') conditions.push((row) => row.get(type.baseObject)?.OwnerId === viewer.userId);
  return (row) => conditions.every((condition) => condition(row));
}

function compileTimeFrame(
  viewer: Viewer,
  { timeFrameFilter }: ReportDefinition,
  find: FindColumn,
): Predicate[] {
  if (timeFrameFilter === undefined) return [];
  const { dateColumn, interval, startDate, endDate } = timeFrameFilter;
  // All of time, as reports say it that have no limit.
  if (interval === 'INTERVAL_CUSTOM' && startDate === undefined && endDate === undefined) return [];
  const column = find(dateColumn);
  if (column.type !== 'date' && column.type !== 'datetime')
    throw new ReportError(`${dateColumn} holds no dates.`);
  const { from, to } =
    interval === 'INTERVAL_CUSTOM'
      ? readCustomInterval(startDate, endDate)
      : readInterval(interval, viewer.now);
  return [
    (row) => {
      const value = column.read(row);
      const time = value === null ? NaN : parseTime(String(value));
      return time >= from && time < to;
    },
  ];
}
