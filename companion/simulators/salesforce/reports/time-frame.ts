import { DAY_IN_MS } from '../org/salesforce-times.ts';
import { startOfPeriod, type Calendar, type Unit } from '../soql/calendar.ts';
import type { DayRange } from '../soql/date-literals.ts';

type Interval = [unit: Unit, from: number, to: number];

/** Each standard interval as the periods from one to another, counted from the present one; the last is left out. */
const intervals = {
  INTERVAL_CURRENT: ['QUARTER', 0, 1],
  INTERVAL_CURNEXT1: ['QUARTER', 0, 2],
  INTERVAL_CURPREV1: ['QUARTER', -1, 1],
  INTERVAL_NEXT1: ['QUARTER', 1, 2],
  INTERVAL_PREV1: ['QUARTER', -1, 0],
  INTERVAL_CURNEXT3: ['QUARTER', 0, 4],
  INTERVAL_CURFY: ['YEAR', 0, 1],
  INTERVAL_PREVFY: ['YEAR', -1, 0],
  INTERVAL_PREV2FY: ['YEAR', -2, 0],
  INTERVAL_AGO2FY: ['YEAR', -2, -1],
  INTERVAL_NEXTFY: ['YEAR', 1, 2],
  INTERVAL_PREVCURFY: ['YEAR', -1, 1],
  INTERVAL_PREVCUR2FY: ['YEAR', -2, 1],
  INTERVAL_CURNEXTFY: ['YEAR', 0, 2],
  INTERVAL_YESTERDAY: ['DAY', -1, 0],
  INTERVAL_TODAY: ['DAY', 0, 1],
  INTERVAL_TOMORROW: ['DAY', 1, 2],
  INTERVAL_LASTWEEK: ['WEEK', -1, 0],
  INTERVAL_THISWEEK: ['WEEK', 0, 1],
  INTERVAL_NEXTWEEK: ['WEEK', 1, 2],
  INTERVAL_LASTMONTH: ['MONTH', -1, 0],
  INTERVAL_THISMONTH: ['MONTH', 0, 1],
  INTERVAL_NEXTMONTH: ['MONTH', 1, 2],
  INTERVAL_LASTTHISMONTH: ['MONTH', -1, 1],
  INTERVAL_THISNEXTMONTH: ['MONTH', 0, 2],
  INTERVAL_CURRENTQ: ['QUARTER', 0, 1],
  INTERVAL_CURNEXTQ: ['QUARTER', 0, 2],
  INTERVAL_CURPREVQ: ['QUARTER', -1, 1],
  INTERVAL_NEXTQ: ['QUARTER', 1, 2],
  INTERVAL_PREVQ: ['QUARTER', -1, 0],
  INTERVAL_CURNEXT3Q: ['QUARTER', 0, 4],
  INTERVAL_CURY: ['YEAR', 0, 1],
  INTERVAL_PREVY: ['YEAR', -1, 0],
  INTERVAL_PREV2Y: ['YEAR', -2, 0],
  INTERVAL_AGO2Y: ['YEAR', -2, -1],
  INTERVAL_NEXTY: ['YEAR', 1, 2],
  INTERVAL_PREVCURY: ['YEAR', -1, 1],
  INTERVAL_PREVCUR2Y: ['YEAR', -2, 1],
  INTERVAL_CURNEXTY: ['YEAR', 0, 2],
  // The days before and today; the days after without today. So count the date literals of queries.
  INTERVAL_LAST7: ['DAY', -7, 1],
  INTERVAL_LAST30: ['DAY', -30, 1],
  INTERVAL_LAST60: ['DAY', -60, 1],
  INTERVAL_LAST90: ['DAY', -90, 1],
  INTERVAL_LAST120: ['DAY', -120, 1],
  INTERVAL_NEXT7: ['DAY', 1, 8],
  INTERVAL_NEXT30: ['DAY', 1, 31],
  INTERVAL_NEXT60: ['DAY', 1, 61],
  INTERVAL_NEXT90: ['DAY', 1, 91],
  INTERVAL_NEXT120: ['DAY', 1, 121],
} satisfies Record<string, Interval>;

type NamedInterval = keyof typeof intervals;

export const intervalNames = ['INTERVAL_CUSTOM', ...(Object.keys(intervals) as NamedInterval[])] as const;

/** The stretch of time that a standard interval stands for, by the calendar of reports. */
export function readInterval(name: NamedInterval, now: number): DayRange {
  const [unit, from, to] = intervals[name];
  return { from: startOf(unit, from, now), to: startOf(unit, to, now) };
}

/** The stretch between two days, both included; a side that is not given is open. */
export function readCustomInterval(startDate: string | undefined, endDate: string | undefined): DayRange {
  return {
    from: startDate === undefined ? -Infinity : Date.parse(startDate),
    to: endDate === undefined ? Infinity : Date.parse(endDate) + DAY_IN_MS,
  };
}

/** The start of the period that lies some periods from a moment, in the calendar of reports. */
export function startOf(unit: Unit, offset: number, moment: number): number {
  return startOfPeriod(utcCalendar(moment), unit, offset);
}

/** The calendar of reports and list views: days of UTC, and fiscal years that are calendar years. */
export function utcCalendar(now: number): Calendar {
  return { timeZone: 'UTC', fiscalStart: 0, now };
}
