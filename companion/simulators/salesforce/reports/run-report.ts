import { corporateCurrency } from '../schema/currency-rates.ts';
import { bucketColumn } from './bucket-column.ts';
import { findColumn, HiddenField, type Column, type Row, type Viewer } from './column.ts';
import { compileConditions, type FindColumn } from './compile-conditions.ts';
import { groupRows, type Group, type GroupLevel } from './group-rows.ts';
import { listRows, listTables } from './list-rows.ts';
import type { AggregateType, GroupingDefinition, ReportDefinition } from './read-report.ts';
import type { ReportType } from './read-report-type.ts';
import { ReportError } from './report-error.ts';
import { sortRows } from './sort-rows.ts';
import { compileAggregate, rowCount, type Aggregate } from './summarize.ts';

const mostLevels = { Tabular: [0, 0], Summary: [3, 0], Matrix: [2, 2] } as const;

/** What a report found. */
export interface ReportRun {
  definition: ReportDefinition;
  type: ReportType;
  currency: string;
  columns: Column[];
  /** Columns of the report that this user may not see. */
  hidden: string[];
  rows: Row[];
  aggregates: Aggregate[];
  levels: { down: GroupLevel[]; across: GroupLevel[] };
  down: Group[];
  across: Group[];
}

/** Runs a report on the org's records as one user sees them. */
export function runReport(viewer: Viewer, definition: ReportDefinition, type: ReportType): ReportRun {
  checkShape(definition);
  const currency = definition.currency ?? corporateCurrency;
  const find = compileFinder(viewer, definition, type);
  const { columns, hidden } = splitHidden(
    definition.columns.map(({ field }) => field),
    find,
  );
  const wanted = compileConditions(viewer, definition, type, find);
  const rows = sortAndCut(definition, find, listRows(viewer, type).filter(wanted));
  const shown = new Set(columns.map((column) => column.name));
  const aggregates = definition.columns
    .filter(({ field }) => shown.has(field))
    .flatMap(({ field, aggregateTypes }) =>
      aggregateTypes.flatMap((kind) =>
        kind === 'None' ? [] : compileAggregate(viewer, find(field), kind, currency),
      ),
    );
  const level = (grouping: GroupingDefinition): GroupLevel => ({
    column: find(grouping.field),
    granularity: grouping.dateGranularity,
    descending: grouping.sortOrder === 'Desc',
    measure: findMeasure(viewer, grouping, find, currency),
  });
  const levels = {
    down: definition.groupingsDown.map(level),
    across: definition.groupingsAcross.map(level),
  };
  const down = groupRows(rows, levels.down);
  const across = groupRows(rows, levels.across);
  return {
    definition,
    type,
    currency,
    columns,
    hidden,
    rows,
    aggregates: [...aggregates, rowCount],
    levels,
    down,
    across,
  };
}

function checkShape({
  format,
  groupingsDown,
  groupingsAcross,
  sortColumn,
  rowLimit,
}: ReportDefinition): void {
  const [down, across] = mostLevels[format];
  if (groupingsDown.length > down || groupingsAcross.length > across) {
    throw new ReportError(`A ${format} report has at most ${down} groupings down and ${across} across.`);
  }
  if (format === 'Matrix' && (groupingsDown.length === 0 || groupingsAcross.length === 0)) {
    throw new ReportError('A Matrix report needs a grouping down and a grouping across.');
  }
  if (rowLimit !== undefined && sortColumn === undefined) {
    throw new ReportError('A row limit needs a column to sort by.');
  }
}

function compileFinder(viewer: Viewer, { buckets }: ReportDefinition, type: ReportType): FindColumn {
  const tables = listTables(viewer, type);
  const find: FindColumn = (name) => {
    const bucket = buckets.find(({ developerName }) => developerName === name);
    if (bucket !== undefined) return bucketColumn(bucket, find(bucket.sourceColumnName));
    const [table = '', path = ''] = name.split('$');
    const object = tables.get(table);
    if (object === undefined || !type.fields.has(name)) {
      throw new ReportError(`${name} is not a field of the report type ${type.name}.`);
    }
    const column = findColumn(viewer, table, object, name, path);
    return { ...column, label: type.fields.get(name) ?? column.label };
  };
  return find;
}

/** Columns that the user may not see are left out, as an org does; filters on them are refused. */
function splitHidden(names: string[], find: FindColumn): { columns: Column[]; hidden: string[] } {
  const columns: Column[] = [];
  const hidden: string[] = [];
  for (const name of names) {
    try {
      columns.push(find(name));
    } catch (error) {
      if (!(error instanceof HiddenField)) throw error;
      hidden.push(name);
    }
  }
  return { columns, hidden };
}

function sortAndCut(
  { sortColumn, sortOrder, rowLimit }: ReportDefinition,
  find: FindColumn,
  rows: Row[],
): Row[] {
  if (sortColumn === undefined) return rows;
  return sortRows(rows, find(sortColumn), sortOrder === 'Desc').slice(0, rowLimit);
}

/** What groups are sorted by where a grouping asks for a figure. */
function findMeasure(
  viewer: Viewer,
  { sortType, sortByName, aggregateType }: GroupingDefinition,
  find: FindColumn,
  currency: string,
): GroupLevel['measure'] {
  if (sortType === 'Column') return null;
  const kind: AggregateType = sortByName === 'RowCount' ? 'RowCount' : aggregateType;
  if (kind === 'RowCount') return (rows) => rows.length;
  if (kind === undefined || sortByName === undefined) {
    throw new ReportError('A grouping that is sorted by a figure needs aggregateType and sortByName.');
  }
  return compileAggregate(viewer, find(sortByName), kind, currency).compute;
}
