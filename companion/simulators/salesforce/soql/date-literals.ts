const DAY_IN_MS = 24 * 60 * 60 * 1000;

/** From the first moment of a range to the first after it, in UTC, which is every simulated user's time zone here. */
export interface TimeRange {
  from: number;
  to: number;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** Understands `TODAY`, `LAST_N_DAYS:3` and their kin; null for a literal that the simulator does not know. */
export function readDateLiteral(literal: string, now = Date.now()): TimeRange | null {
  const [name = '', amount] = literal.toUpperCase().split(':');
  if (name === 'YESTERDAY') return units('DAY', -1, 0, now);
  if (name === 'TODAY') return units('DAY', 0, 1, now);
  if (name === 'TOMORROW') return units('DAY', 1, 2, now);
  // Ninety days and today: unlike the other ranges, those in days reach into the present one.
  if (name === 'LAST_90_DAYS') return units('DAY', -90, 1, now);
  if (name === 'NEXT_90_DAYS') return units('DAY', 1, 91, now);
  const single = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (single !== null) {
    const start = ['LAST', 'THIS', 'NEXT'].indexOf(single[1] ?? '') - 1;
    return units(single[2] as Unit, start, start + 1, now);
  }
  const several = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name);
  if (several === null || amount === undefined) return null;
  const unit = several[2] as Unit;
  if (several[1] === 'NEXT') return units(unit, 1, Number(amount) + 1, now);
  return units(unit, -Number(amount), unit === 'DAY' ? 1 : 0, now);
}

function units(unit: Unit, from: number, to: number, now: number): TimeRange {
  return { from: startOf(unit, from, now), to: startOf(unit, to, now) };
}

/** The start of the period that is some periods from now; weeks begin on Sunday, as in the US locale. */
function startOf(unit: Unit, offset: number, now: number): number {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const today = Date.UTC(year, month, date.getUTCDate());
  if (unit === 'DAY') return today + offset * DAY_IN_MS;
  if (unit === 'WEEK') return today + (offset * 7 - date.getUTCDay()) * DAY_IN_MS;
  if (unit === 'MONTH') return Date.UTC(year, month + offset, 1);
  if (unit === 'QUARTER') return Date.UTC(year, (Math.floor(month / 3) + offset) * 3, 1);
  return Date.UTC(year + offset, 0, 1);
}
