import { corporateCurrency } from '../schema/currency-rates.ts';
import { foldValue } from '../store/stored-record.ts';
import { isNumeric, type Column, type Row, type Viewer } from './column.ts';
import type { AggregateType } from './read-report.ts';
import { ReportError } from './report-error.ts';

/** A figure over many rows. */
export interface Aggregate {
  /** `RowCount`, or the type and the column: `Sum Account$Overdue_Amount__c`. */
  name: string;
  label: string;
  type: NonNullable<AggregateType>;
  column: Column | null;
  compute: (rows: Row[]) => number | null;
}

const wordings = {
  Sum: 'Sum of',
  Average: 'Average',
  Maximum: 'Largest',
  Minimum: 'Smallest',
  Unique: 'Unique',
  Median: 'Median',
};

export const rowCount: Aggregate = {
  name: 'RowCount',
  label: 'Record Count',
  type: 'RowCount',
  column: null,
  compute: (rows) => rows.length,
};

/** Compiles a figure over one column. Amounts in several currencies are converted to the report's, as reports do. */
export function compileAggregate(
  viewer: Viewer,
  column: Column,
  type: keyof typeof wordings,
  currency: string,
): Aggregate {
  if (type !== 'Unique' && column.type !== 'boolean' && !isNumeric(column)) {
    throw new ReportError(`${column.name}: there is no ${type} of a field of type ${column.type}.`);
  }
  const convert = viewer.org.settings.multiCurrency ? makeConverter(viewer, column, currency) : null;
  const read = (row: Row): number[] => {
    const value = column.read(row);
    if (value === null) return [];
    return [convert === null ? Number(value) : convert(row, Number(value))];
  };
  const compute = (rows: Row[]): number | null =>
    type === 'Unique' ? countUnique(column, rows) : figures[type](rows.flatMap(read));
  return {
    name: `${type} ${column.name}`,
    label: `${wordings[type]} ${column.label}`,
    type,
    column,
    compute,
  };
}

/** Blanks count for nothing: not even as a zero in an average. */
const figures = {
  Sum: (values: number[]) => values.reduce((total, value) => total + value, 0),
  Average: (values: number[]) => (values.length === 0 ? null : figures.Sum(values) / values.length),
  Maximum: (values: number[]) =>
    values.reduce<number | null>((best, value) => Math.max(best ?? value, value), null),
  Minimum: (values: number[]) =>
    values.reduce<number | null>((best, value) => Math.min(best ?? value, value), null),
  Median: (values: number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
    return low === undefined || high === undefined ? null : (low + high) / 2;
  },
};

function countUnique(column: Column, rows: Row[]): number {
  const values = rows.map((row) => column.read(row)).filter((value) => value !== null);
  return new Set(values.map((value) => foldValue(value, false))).size;
}

function makeConverter(
  viewer: Viewer,
  column: Column,
  currency: string,
): (row: Row, value: number) => number {
  const rates = new Map<unknown, number>();
  for (const { IsoCode, ConversionRate } of viewer.org.store.rows('CurrencyType').values())
    rates.set(IsoCode, Number(ConversionRate));
  const rateOf = (code: string): number => {
    const rate = rates.get(code);
    if (rate === undefined) throw new ReportError(`The org has no rate for the currency ${code}.`);
    return rate;
  };
  return (row, value) =>
    column.type === 'currency'
      ? (value / rateOf(column.currency(row) ?? corporateCurrency)) * rateOf(currency)
      : value;
}
