import { DAY_IN_MS, formatTime } from '../org/salesforce-times.ts';

/** The calendar that a query's dates are read in. */
export interface Calendar {
  timeZone: string;
  /** The month, from 0, in which the fiscal year begins. */
  fiscalStart: number;
  now: number;
}

export type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR' | 'FISCAL_QUARTER' | 'FISCAL_YEAR';

/** What a clock in the time zone shows, as if it were UTC. */
export function toLocal(timeZone: string, instant: number): number {
  if (timeZone === 'UTC') return instant;
  const part: Record<string, number> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The moment at which a clock in the time zone shows this. */
export function fromLocal(timeZone: string, local: number): number {
  const guess = local - (toLocal(timeZone, local) - local);
  // Around a change of the clocks the first guess is off by an hour.
  return guess - (toLocal(timeZone, guess) - local);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const digits = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, ...digits, ...time });
  clocks.set(timeZone, clock);
  return clock;
}

/** The first day of the period that is some periods away from the present one; weeks begin on Sunday. */
export function startOfPeriod({ timeZone, fiscalStart, now }: Calendar, unit: Unit, offset: number): number {
  const local = new Date(toLocal(timeZone, now));
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()];
  const today = Date.UTC(year, month, local.getUTCDate());
  const fiscalYear = fiscalYearOf(local, fiscalStart);
  const fiscalQuarter = fiscalQuarterOf(local, fiscalStart);
  switch (unit) {
    case 'DAY':
      return today + offset * DAY_IN_MS;
    case 'WEEK':
      return today + (offset * 7 - local.getUTCDay()) * DAY_IN_MS;
    case 'MONTH':
      return Date.UTC(year, month + offset, 1);
    case 'QUARTER':
      return Date.UTC(year, (Math.floor(month / 3) + offset) * 3, 1);
    case 'YEAR':
      return Date.UTC(year + offset, 0, 1);
    case 'FISCAL_QUARTER':
      return Date.UTC(fiscalYear, fiscalStart + (fiscalQuarter - 1 + offset) * 3, 1);
    case 'FISCAL_YEAR':
      return Date.UTC(fiscalYear + offset, fiscalStart, 1);
  }
}

/** The year in which the fiscal year began. */
export function fiscalYearOf(day: Date, fiscalStart: number): number {
  return day.getUTCFullYear() - (day.getUTCMonth() < fiscalStart ? 1 : 0);
}

/** Which month of the fiscal year a day is in, from 1. */
export function fiscalMonthOf(day: Date, fiscalStart: number): number {
  return ((day.getUTCMonth() - fiscalStart + 12) % 12) + 1;
}

/** Which quarter of the fiscal year a day is in, from 1. */
export function fiscalQuarterOf(day: Date, fiscalStart: number): number {
  return Math.ceil(fiscalMonthOf(day, fiscalStart) / 3);
}

/** A day of the calendar as a date field, or its first moment as a date-time field, holds it. */
export function writeDay(calendar: Calendar, type: 'date' | 'datetime', day: number): string {
  if (type === 'date') return formatTime(day).slice(0, 10);
  return formatTime(fromLocal(calendar.timeZone, day));
}
