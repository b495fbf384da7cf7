import { startOfPeriod, type Calendar, type Unit } from './calendar.ts';

/** From the first day of a stretch of time to the first day after it. */
export interface DayRange {
  from: number;
  to: number;
}

const unit = '(DAY|WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)';
const nearby = new RegExp(`^(LAST|THIS|NEXT)_${unit}$`);
const several = new RegExp(`^(LAST|NEXT)_N_${unit}S$`);
const ago = new RegExp(`^N_${unit}S_AGO$`);
const days: Record<string, number> = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 };

/** Understands `TODAY`, `LAST_N_DAYS:3` and their kin; null for a literal that does not exist. */
export function readDateLiteral(literal: string, calendar: Calendar): DayRange | null {
  const [name = '', amount = ''] = literal.toUpperCase().split(':');
  const between = (period: Unit, from: number, to: number): DayRange => ({
    from: startOfPeriod(calendar, period, from),
    to: startOfPeriod(calendar, period, to),
  });
  const day = days[name];
  if (day !== undefined) return between('DAY', day, day + 1);
  // Ninety days and today: unlike the other ranges, those in days reach into the present one.
  if (name === 'LAST_90_DAYS') return between('DAY', -90, 1);
  if (name === 'NEXT_90_DAYS') return between('DAY', 1, 91);
  const [, near, period] = nearby.exec(name) ?? [];
  if (near !== undefined) {
    const start = ['LAST', 'THIS', 'NEXT'].indexOf(near) - 1;
    return between(period as Unit, start, start + 1);
  }
  const count = Number(amount);
  if (amount === '' || !Number.isInteger(count)) return null;
  const [, direction, repeated] = several.exec(name) ?? [];
  if (direction === 'NEXT') return between(repeated as Unit, 1, count + 1);
  if (direction === 'LAST') return between(repeated as Unit, -count, repeated === 'DAY' ? 1 : 0);
  const [, past] = ago.exec(name) ?? [];
  return past === undefined ? null : between(past as Unit, -count, -count + 1);
}
