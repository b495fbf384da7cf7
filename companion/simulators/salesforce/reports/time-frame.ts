import type { DayRange } from '../soql/date-literals.ts';

const DAY_IN_MS = 24 * 60 * 60 * 1000;

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';
type Interval = [unit: Unit, from: number, to: number];

/** Each standard interval as the periods from one to another, counted from the present one; the last is left out. */
const intervals = {
  INTERVAL_CURRENT: ['quarter', 0, 1],
  INTERVAL_CURNEXT1: ['quarter', 0, 2],
  INTERVAL_CURPREV1: ['quarter', -1, 1],
  INTERVAL_NEXT1: ['quarter', 1, 2],
  INTERVAL_PREV1: ['quarter', -1, 0],
  INTERVAL_CURNEXT3: ['quarter', 0, 4],
  INTERVAL_CURFY: ['year', 0, 1],
  INTERVAL_PREVFY: ['year', -1, 0],
  INTERVAL_PREV2FY: ['year', -2, 0],
  INTERVAL_AGO2FY: ['year', -2, -1],
  INTERVAL_NEXTFY: ['year', 1, 2],
  INTERVAL_PREVCURFY: ['year', -1, 1],
  INTERVAL_PREVCUR2FY: ['year', -2, 1],
  INTERVAL_CURNEXTFY: ['year', 0, 2],
  INTERVAL_YESTERDAY: ['day', -1, 0],
  INTERVAL_TODAY: ['day', 0, 1],
  INTERVAL_TOMORROW: ['day', 1, 2],
  INTERVAL_LASTWEEK: ['week', -1, 0],
  INTERVAL_THISWEEK: ['week', 0, 1],
  INTERVAL_NEXTWEEK: ['week', 1, 2],
  INTERVAL_LASTMONTH: ['month', -1, 0],
  INTERVAL_THISMONTH: ['month', 0, 1],
  INTERVAL_NEXTMONTH: ['month', 1, 2],
  INTERVAL_LASTTHISMONTH: ['month', -1, 1],
  INTERVAL_THISNEXTMONTH: ['month', 0, 2],
  INTERVAL_CURRENTQ: ['quarter', 0, 1],
  INTERVAL_CURNEXTQ: ['quarter', 0, 2],
  INTERVAL_CURPREVQ: ['quarter', -1, 1],
  INTERVAL_NEXTQ: ['quarter', 1, 2],
  INTERVAL_PREVQ: ['quarter', -1, 0],
  INTERVAL_CURNEXT3Q: ['quarter', 0, 4],
  INTERVAL_CURY: ['year', 0, 1],
  INTERVAL_PREVY: ['year', -1, 0],
  INTERVAL_PREV2Y: ['year', -2, 0],
  INTERVAL_AGO2Y: ['year', -2, -1],
  INTERVAL_NEXTY: ['year', 1, 2],
  INTERVAL_PREVCURY: ['year', -1, 1],
  INTERVAL_PREVCUR2Y: ['year', -2, 1],
  INTERVAL_CURNEXTY: ['year', 0, 2],
  // The days before and today; the days after without today. So count the date literals of queries.
  INTERVAL_LAST7: ['day', -7, 1],
  INTERVAL_LAST30: ['day', -30, 1],
  INTERVAL_LAST60: ['day', -60, 1],
  INTERVAL_LAST90: ['day', -90, 1],
  INTERVAL_LAST120: ['day', -120, 1],
  INTERVAL_NEXT7: ['day', 1, 8],
  INTERVAL_NEXT30: ['day', 1, 31],
  INTERVAL_NEXT60: ['day', 1, 61],
  INTERVAL_NEXT90: ['day', 1, 91],
  INTERVAL_NEXT120: ['day', 1, 121],
} satisfies Record<string, Interval>;

type NamedInterval = keyof typeof intervals;
export type IntervalName = NamedInterval | 'INTERVAL_CUSTOM';

export const intervalNames = ['INTERVAL_CUSTOM', ...(Object.keys(intervals) as NamedInterval[])] as const;

/** The stretch of time that a standard interval stands for, in UTC. The fiscal year is the calendar year. */
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

/** The start of the period that lies some periods from a moment. Weeks begin on Sunday, as in the United States. */
export function startOf(unit: Unit, offset: number, moment: number): number {
  const date = new Date(moment);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case 'day':
      return Date.UTC(year, month, day + offset);
    case 'week':
      return Date.UTC(year, month, day - date.getUTCDay() + offset * 7);
    case 'month':
      return Date.UTC(year, month + offset, 1);
    case 'quarter':
      return Date.UTC(year, (Math.floor(month / 3) + offset) * 3, 1);
    case 'year':
      return Date.UTC(year + offset, 0, 1);
  }
}
