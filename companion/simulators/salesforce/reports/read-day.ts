import { DAY_IN_MS } from '../org/salesforce-times.ts';
import { readDateLiteral, type DayRange } from '../soql/date-literals.ts';
import { utcCalendar } from './time-frame.ts';
import { ReportError } from './report-error.ts';

/** A date of a filter as a stretch of time: a day, a moment, or a relative date such as `LAST_N_DAYS:7` or `last 7 days`. */
export function readDay(text: string, now: number): DayRange {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (american !== null)
    return day(Date.UTC(Number(american[3]), Number(american[1]) - 1, Number(american[2])));
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(Date.parse(text));
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return { from: Date.parse(text), to: Date.parse(text) + 1 };
  const literal = text
    .trim()
    .toUpperCase()
    .replace(/\s+/g, '_')
    .replace(/^(LAST|NEXT)_(\d+)_(DAY|WEEK|MONTH|QUARTER|YEAR)S?$/, '$1_N_$3S:$2');
  const range = readDateLiteral(literal, utcCalendar(now));
  if (range === null) throw new ReportError(`${text} is no date that the simulator understands.`);
  return range;
}

function day(from: number): DayRange {
  if (Number.isNaN(from)) throw new ReportError('A filter has a date that does not exist.');
  return { from, to: from + DAY_IN_MS };
}
