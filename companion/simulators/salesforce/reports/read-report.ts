import { z } from 'zod';
import { intervalNames } from './time-frame.ts';
import { flag, oneOf, readXml } from './read-xml.ts';

/** How a filter compares; list views have the same operators as reports. */
export const filterOperators = [
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
  'contains',
  'notContain',
  'startsWith',
  'includes',
  'excludes',
] as const;
export type FilterOperator = (typeof filterOperators)[number];

export const aggregateTypes = ['Sum', 'Average', 'Maximum', 'Minimum', 'Unique', 'Median'] as const;
const granularities = [
  'None',
  'Day',
  'Week',
  'Month',
  'Quarter',
  'Year',
  'FiscalQuarter',
  'FiscalYear',
  'MonthInYear',
  'DayInMonth',
] as const;

const sortOrder = oneOf(['Asc', 'Desc']);
const criteriaItem = z.strictObject({
  column: z.string(),
  // Comparing a column with another one is refused.
  columnToColumn: z.literal('false').optional(),
  isUnlocked: flag.optional(),
  operator: oneOf(filterOperators),
  value: z.string().default(''),
});
const grouping = z.strictObject({
  aggregateType: oneOf([...aggregateTypes, 'RowCount']).optional(),
  dateGranularity: oneOf(granularities).default('None'),
  field: z.string(),
  sortByName: z.string().optional(),
  sortOrder: sortOrder,
  sortType: oneOf(['Column', 'Aggregate']).default('Column'),
});
const bucket = z.strictObject({
  bucketType: oneOf(['number', 'picklist', 'text']),
  developerName: z.string(),
  masterLabel: z.string(),
  nullTreatment: oneOf(['n', 'z']).default('n'),
  otherBucketLabel: z.string().optional(),
  sourceColumnName: z.string(),
  useOther: flag.default(false),
  values: z.array(
    z.strictObject({
      sourceValues: z
        .array(
          z.strictObject({
            from: z.string().optional(),
            sourceValue: z.string().optional(),
            to: z.string().optional(),
          }),
        )
        .default([]),
      value: z.string(),
    }),
  ),
});

const shape = z.strictObject({
  buckets: z.array(bucket).default([]),
  // A drawing of the totals. The page says that there is one; no row depends on it.
  chart: z.unknown().optional(),
  columns: z
    .array(
      z.strictObject({
        aggregateTypes: z.array(oneOf([...aggregateTypes, 'None'])).default([]),
        field: z.string(),
      }),
    )
    .default([]),
  crossFilters: z
    .array(
      z.strictObject({
        criteriaItems: z.array(criteriaItem).default([]),
        operation: oneOf(['with', 'without']),
        primaryTableColumn: z.string(),
        relatedTable: z.string(),
        relatedTableJoinColumn: z.string(),
      }),
    )
    .default([]),
  currency: z.string().optional(),
  description: z.string().optional(),
  filter: z
    .strictObject({
      booleanFilter: z.string().optional(),
      criteriaItems: z.array(criteriaItem).default([]),
      language: z.string().optional(),
    })
    .default({ criteriaItems: [] }),
  folderName: z.string().optional(),
  format: oneOf(['Tabular', 'Summary', 'Matrix']),
  groupingsAcross: z.array(grouping).default([]),
  groupingsDown: z.array(grouping).default([]),
  name: z.string(),
  reportType: z.string(),
  rowLimit: z.coerce.number().int().positive().optional(),
  scope: oneOf(['organization', 'user']).default('organization'),
  showCurrentDate: flag.optional(),
  showDetails: flag.default(true),
  showGrandTotal: flag.default(true),
  showSubTotals: flag.default(true),
  sortColumn: z.string().optional(),
  sortOrder: sortOrder.default('Asc'),
  timeFrameFilter: z
    .strictObject({
      dateColumn: z.string(),
      endDate: z.string().optional(),
      interval: oneOf(intervalNames),
      startDate: z.string().optional(),
    })
    .optional(),
});

/** A report as its metadata describes it. */
export type ReportDefinition = z.output<typeof shape>;
export type FilterItem = z.output<typeof criteriaItem>;
export type GroupingDefinition = z.output<typeof grouping>;
export type BucketDefinition = z.output<typeof bucket>;
export type CrossFilterDefinition = ReportDefinition['crossFilters'][number];
export type AggregateType = GroupingDefinition['aggregateType'];

/** Reads a report from the package's source. What the simulator cannot run is refused by its name. */
export function readReport(xml: string, name: string): ReportDefinition {
  return readXml(xml, 'Report', name, shape);
}
