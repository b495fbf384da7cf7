import { DAY_IN_MS, formatTime } from '../org/salesforce-times.ts';
import type { FieldType } from '../schema/field-definition.ts';
import type { FieldValue } from '../store/stored-record.ts';
import { fiscalMonthOf, fiscalQuarterOf, fiscalYearOf, type Calendar } from './calendar.ts';

/** A function of a date: which fields it takes, and what it makes of a day and hour. */
export interface DateFunction {
  takes: readonly FieldType[];
  gives: 'int' | 'date';
  compute: (moment: Date, calendar: Calendar) => FieldValue;
}

const anyDate = ['date', 'datetime'] as const;
const onlyTimes = ['datetime'] as const;

function count(compute: (moment: Date, calendar: Calendar) => number): DateFunction {
  return { takes: anyDate, gives: 'int', compute };
}

const dayInYear = (day: Date): number => {
  const today = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
  return (today - Date.UTC(day.getUTCFullYear(), 0, 1)) / DAY_IN_MS + 1;
};

/** By upper-case name. The weeks of a month and of a year are counted from its first day, not from a Sunday. */
export const dateFunctions: Readonly<Record<string, DateFunction>> = {
  CALENDAR_MONTH: count((day) => day.getUTCMonth() + 1),
  CALENDAR_QUARTER: count((day) => Math.floor(day.getUTCMonth() / 3) + 1),
  CALENDAR_YEAR: count((day) => day.getUTCFullYear()),
  DAY_IN_MONTH: count((day) => day.getUTCDate()),
  DAY_IN_WEEK: count((day) => day.getUTCDay() + 1),
  DAY_IN_YEAR: count(dayInYear),
  FISCAL_MONTH: count((day, { fiscalStart }) => fiscalMonthOf(day, fiscalStart)),
  FISCAL_QUARTER: count((day, { fiscalStart }) => fiscalQuarterOf(day, fiscalStart)),
  FISCAL_YEAR: count((day, { fiscalStart }) => fiscalYearOf(day, fiscalStart)),
  WEEK_IN_MONTH: count((day) => Math.ceil(day.getUTCDate() / 7)),
  WEEK_IN_YEAR: count((day) => Math.ceil(dayInYear(day) / 7)),
  HOUR_IN_DAY: { ...count((moment) => moment.getUTCHours()), takes: onlyTimes },
  DAY_ONLY: {
    takes: onlyTimes,
    gives: 'date',
    compute: (moment) => formatTime(moment.getTime()).slice(0, 10),
  },
};
