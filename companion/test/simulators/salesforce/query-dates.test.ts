import { describe, expect, test } from '@jest/globals';
import { fromLocal, toLocal, writeDay, type Calendar } from '../../../simulators/salesforce/soql/calendar.ts';
import { dateFunctions } from '../../../simulators/salesforce/soql/date-functions.ts';
import { readDateLiteral } from '../../../simulators/salesforce/soql/date-literals.ts';

/** A Wednesday, a little after midnight in New York. */
const calendar: Calendar = {
  timeZone: 'America/New_York',
  fiscalStart: 3,
  now: Date.parse('2026-11-18T05:30:00Z'),
};

const read = (literal: string): string | null => {
  const range = readDateLiteral(literal, calendar);
  return range && `${writeDay(calendar, 'date', range.from)} ${writeDay(calendar, 'date', range.to)}`;
};

/** From the first day to the day after the last; https://developer.salesforce.com/docs/platform/salesforce-soql-sosl lists them. */
const literals: [literal: string, days: string][] = [
  ['YESTERDAY', '2026-11-17 2026-11-18'],
  ['TODAY', '2026-11-18 2026-11-19'],
  ['tomorrow', '2026-11-19 2026-11-20'],
  ['LAST_WEEK', '2026-11-08 2026-11-15'],
  ['THIS_WEEK', '2026-11-15 2026-11-22'],
  ['NEXT_MONTH', '2026-12-01 2027-01-01'],
  ['LAST_90_DAYS', '2026-08-20 2026-11-19'],
  ['NEXT_90_DAYS', '2026-11-19 2027-02-17'],
  ['LAST_N_DAYS:1', '2026-11-17 2026-11-19'],
  ['NEXT_N_DAYS:2', '2026-11-19 2026-11-21'],
  ['N_DAYS_AGO:3', '2026-11-15 2026-11-16'],
  ['LAST_N_WEEKS:2', '2026-11-01 2026-11-15'],
  ['N_WEEKS_AGO:2', '2026-11-01 2026-11-08'],
  ['NEXT_N_MONTHS:2', '2026-12-01 2027-02-01'],
  ['N_MONTHS_AGO:11', '2025-12-01 2026-01-01'],
  ['THIS_QUARTER', '2026-10-01 2027-01-01'],
  ['LAST_N_QUARTERS:4', '2025-10-01 2026-10-01'],
  ['N_YEARS_AGO:1', '2025-01-01 2026-01-01'],
  ['THIS_FISCAL_QUARTER', '2026-10-01 2027-01-01'],
  ['NEXT_FISCAL_QUARTER', '2027-01-01 2027-04-01'],
  ['THIS_FISCAL_YEAR', '2026-04-01 2027-04-01'],
  ['LAST_N_FISCAL_YEARS:2', '2024-04-01 2026-04-01'],
  ['N_FISCAL_QUARTERS_AGO:3', '2026-01-01 2026-04-01'],
];

test.each(literals)('%s', (literal, days) => {
  expect(read(literal)).toBe(days);
});

test.each(['SOMEDAY', 'LAST_N_DAYS', 'LAST_N_DAYS:x', 'N_DAYS:3'])('%s is no date', (literal) => {
  expect(read(literal)).toBeNull();
});

test('a day begins at midnight where the user is, also when the clocks change', () => {
  expect(writeDay(calendar, 'datetime', Date.UTC(2026, 10, 18))).toBe('2026-11-18T05:00:00.000+0000');
  expect(writeDay(calendar, 'datetime', Date.UTC(2026, 6, 18))).toBe('2026-07-18T04:00:00.000+0000');
  for (const zone of ['America/New_York', 'Europe/Paris', 'Australia/Sydney', 'Asia/Kolkata', 'UTC']) {
    for (let day = 0; day < 366; day += 1) {
      const local = Date.UTC(2026, 0, 1 + day);
      expect(toLocal(zone, fromLocal(zone, local))).toBe(local);
    }
  }
});

describe('functions of a date', () => {
  const cases: [name: string, day: string, value: unknown][] = [
    ['CALENDAR_QUARTER', '2026-11-18', 4],
    ['DAY_IN_WEEK', '2026-11-15', 1],
    ['DAY_IN_YEAR', '2024-12-31', 366],
    ['WEEK_IN_MONTH', '2026-11-07', 1],
    ['WEEK_IN_MONTH', '2026-11-08', 2],
    ['WEEK_IN_YEAR', '2026-01-07', 1],
    ['WEEK_IN_YEAR', '2026-01-08', 2],
    ['FISCAL_MONTH', '2026-03-31', 12],
    ['FISCAL_QUARTER', '2026-04-01', 1],
    ['FISCAL_YEAR', '2026-03-31', 2025],
    ['HOUR_IN_DAY', '2026-03-31T23:10:00Z', 23],
    ['DAY_ONLY', '2026-03-31T23:10:00Z', '2026-03-31'],
  ];

  test.each(cases)('%s of %s', (name, day, value) => {
    expect(dateFunctions[name]?.compute(new Date(day), calendar)).toBe(value);
  });
});
