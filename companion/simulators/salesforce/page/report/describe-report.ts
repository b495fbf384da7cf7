import type { FilterItem, ReportDefinition } from '../../reports/read-report.ts';
import type { ReportRun } from '../../reports/run-report.ts';

const wordings: Record<FilterItem['operator'], string> = {
  equals: 'equals',
  notEqual: 'does not equal',
  lessThan: 'is less than',
  greaterThan: 'is more than',
  lessOrEqual: 'is at most',
  greaterOrEqual: 'is at least',
  contains: 'contains',
  notContain: 'does not contain',
  startsWith: 'starts with',
  includes: 'is one of',
  excludes: 'is none of',
};

/** The conditions of a report in words, one sentence each. */
export function describeReport({ definition, type, levels, columns }: ReportRun): string[] {
  const { scope, filter, rowLimit } = definition;
  const labels = new Map(columns.map(({ name, label }) => [name, label]));
  const nameOf = (column: string): string =>
    labels.get(column) ?? type.fields.get(column) ?? plainName(column);
  const groupings = [...levels.down, ...levels.across].map(({ column }) => column.label);
  return [
    `${definition.format} report on ${type.label}: ${scope === 'user' ? 'your own records' : 'all records'}.`,
    ...filter.criteriaItems.map(
      ({ column, operator, value }, index) =>
        `Filter ${index + 1}: ${nameOf(column)} ${wordings[operator]} ${value === '' ? 'blank' : value}.`,
    ),
    ...(filter.booleanFilter === undefined ? [] : [`Filters are joined as ${filter.booleanFilter}.`]),
    ...definition.crossFilters.map(
      ({ operation, relatedTable }) => `Only records ${operation} ${relatedTable}.`,
    ),
    ...describeTimeFrame(definition, nameOf),
    ...(groupings.length === 0 ? [] : [`Grouped by ${groupings.join(', then by ')}.`]),
    ...(rowLimit === undefined ? [] : [`At most ${rowLimit} rows.`]),
  ];
}

function describeTimeFrame(
  { timeFrameFilter }: ReportDefinition,
  nameOf: (column: string) => string,
): string[] {
  if (timeFrameFilter === undefined) return [];
  const { dateColumn, interval, startDate, endDate } = timeFrameFilter;
  if (interval !== 'INTERVAL_CUSTOM') return [`${nameOf(dateColumn)} is within ${interval}.`];
  if (startDate === undefined && endDate === undefined) return [];
  return [`${nameOf(dateColumn)} is from ${startDate ?? 'the beginning'} to ${endDate ?? 'the end'}.`];
}

/** `Account$Oldest_Overdue_Date__c` without what only metadata needs. */
function plainName(column: string): string {
  return (column.split('$').at(-1) ?? column).replace(/__c$/, '').replaceAll('_', ' ');
}
