import { parseTime } from '../org/salesforce-times.ts';
import type { FieldValue } from '../store/stored-record.ts';
import { isNumeric, type Column, type Row } from './column.ts';
import { readDay } from './read-day.ts';
import type { FilterOperator } from './read-report.ts';
import { ReportError } from './report-error.ts';
import { splitValues } from './split-values.ts';

export type Predicate = (row: Row) => boolean;
type Test = (value: FieldValue | null) => boolean;

/** Compiles one filter. Several values, separated by commas, are alternatives. */
export function compileFilter(
  column: Column,
  operator: FilterOperator,
  value: string,
  now: number,
): Predicate {
  // A value such as $USER, which stands for another one.
  if (value.startsWith('$') && !/\d/.test(value)) {
    throw new ReportError(`${column.name}: the filter value ${value} is not supported.`);
  }
  const values = splitValues(value);
  const test = compileTest(column, operator, values, now);
  return (row) => test(column.read(row));
}

function compileTest(column: Column, operator: FilterOperator, values: string[], now: number): Test {
  if (operator === 'notEqual' || operator === 'notContain' || operator === 'excludes') {
    const opposites = { notEqual: 'equals', notContain: 'contains', excludes: 'includes' } as const;
    const test = compileTest(column, opposites[operator], values, now);
    return (value) => !test(value);
  }
  const tests = values.map((value) => compileOne(column, operator, value, now));
  return (value) => tests.some((test) => test(value));
}

type Positive = Exclude<FilterOperator, 'notEqual' | 'notContain' | 'excludes'>;

function compileOne(column: Column, operator: Positive, text: string, now: number): Test {
  if (text === '' && operator === 'equals') return (value) => value === null;
  if (column.type === 'boolean') return compareFlag(column, operator, text);
  if (column.type === 'date' || column.type === 'datetime') return compareTime(column, operator, text, now);
  if (isNumeric(column)) return compareNumber(column, operator, text);
  return compareText(column, operator, text);
}

function compareFlag(column: Column, operator: Positive, text: string): Test {
  if (operator !== 'equals') throw unfit(column, operator);
  const wanted = /^(true|1|yes)$/i.test(text);
  return (value) => value === wanted;
}

function compareTime(column: Column, operator: Positive, text: string, now: number): Test {
  const { from, to } = readDay(text, now);
  const tests: Partial<Record<Positive, (time: number) => boolean>> = {
    equals: (time) => time >= from && time < to,
    lessThan: (time) => time < from,
    lessOrEqual: (time) => time < to,
    greaterThan: (time) => time >= to,
    greaterOrEqual: (time) => time >= from,
  };
  const test = tests[operator];
  if (test === undefined) throw unfit(column, operator);
  return (value) => value !== null && test(parseTime(String(value)));
}

function compareNumber(column: Column, operator: Positive, text: string): Test {
  const wanted = Number(text.replace(/^[A-Z]{3}\s*|[$€£\s]/g, ''));
  if (Number.isNaN(wanted)) throw new ReportError(`${column.name}: ${text} is no number.`);
  const tests: Partial<Record<Positive, (value: number) => boolean>> = {
    equals: (value) => value === wanted,
    lessThan: (value) => value < wanted,
    lessOrEqual: (value) => value <= wanted,
    greaterThan: (value) => value > wanted,
    greaterOrEqual: (value) => value >= wanted,
  };
  const test = tests[operator];
  if (test === undefined) throw unfit(column, operator);
  // A blank is no number: it is neither less nor more than any.
  return (value) => value !== null && test(Number(value));
}

/** Texts are compared without regard to case. */
function compareText(column: Column, operator: Positive, text: string): Test {
  const wanted = text.toLowerCase();
  if (operator === 'includes' && column.type !== 'picklist') throw unfit(column, operator);
  const tests: Record<Positive, (value: string) => boolean> = {
    equals: (value) => value === wanted,
    includes: (value) => value === wanted,
    contains: (value) => value.includes(wanted),
    startsWith: (value) => value.startsWith(wanted),
    lessThan: (value) => value < wanted,
    lessOrEqual: (value) => value <= wanted,
    greaterThan: (value) => value > wanted,
    greaterOrEqual: (value) => value >= wanted,
  };
  return (value) => value !== null && tests[operator](String(value).toLowerCase());
}

function unfit(column: Column, operator: FilterOperator): ReportError {
  return new ReportError(`${column.name}: ${operator} is not supported for a field of type ${column.type}.`);
}
