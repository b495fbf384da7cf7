import { parseTime } from '../org/salesforce-times.ts';
import type { FieldValue } from '../store/stored-record.ts';
import type { Column, Row } from './column.ts';
import type { GroupingDefinition } from './read-report.ts';
import { startOf } from './time-frame.ts';

/** One level of grouping. */
export interface GroupLevel {
  column: Column;
  granularity: GroupingDefinition['dateGranularity'];
  descending: boolean;
  /** What groups are sorted by, where that is not their own value. */
  measure: ((rows: Row[]) => number | null) | null;
}

/** Rows that share a value, with the groups within. */
export interface Group {
  /** Its place among its siblings, after the places of its parents: `0_2`. */
  key: string;
  field: string;
  value: FieldValue | null;
  label: string;
  rows: Row[];
  groups: Group[];
}

const BLANK = '-';
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Groups rows by one level after another. A blank is a group too, and comes first. */
export function groupRows(rows: Row[], levels: readonly GroupLevel[], parent = ''): Group[] {
  const [level, ...rest] = levels;
  if (level === undefined) return [];
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(foldCase(valueOf(level, row)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].sort(compareGroups(level)).map((members, index) => {
    const key = `${parent}${index}`;
    const [first] = members;
    const value = first === undefined ? null : valueOf(level, first);
    const label = first === undefined ? BLANK : labelOf(level, value, first);
    return {
      key,
      field: level.column.name,
      value,
      label,
      rows: members,
      groups: groupRows(members, rest, `${key}_`),
    };
  });
}

/** All groups of all levels, outer ones before inner ones. */
export function flattenGroups(groups: readonly Group[]): Group[] {
  return groups.flatMap((group) => [group, ...flattenGroups(group.groups)]);
}

function compareGroups(level: GroupLevel): (a: Row[], b: Row[]) => number {
  const direction = level.descending ? -1 : 1;
  return (a, b) => {
    const [left, right] = [a, b].map((rows) => {
      if (level.measure !== null) return level.measure(rows);
      const [first] = rows;
      return first === undefined ? null : rank(level.column, valueOf(level, first));
    });
    return compareSorted(left ?? null, right ?? null) * direction;
  };
}

const collator = new Intl.Collator('en-US');

/** Blanks first, then by value; texts as a reader would look them up. */
export function compareSorted(left: FieldValue | null, right: FieldValue | null): number {
  if (left === right) return 0;
  if (typeof left === 'string' && typeof right === 'string') return collator.compare(left, right);
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}

/** What a value is sorted by: picklists have an order of their own, and case does not matter. */
export function rank(column: Column, value: FieldValue | null): FieldValue | null {
  if (column.order.length === 0 || value === null) return foldCase(value);
  const place = column.order.indexOf(String(value));
  return place < 0 ? column.order.length : place;
}

function foldCase(value: FieldValue | null): FieldValue | null {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function valueOf({ column, granularity }: GroupLevel, row: Row): FieldValue | null {
  const value = column.read(row);
  if (value === null || (column.type !== 'date' && column.type !== 'datetime')) return value;
  const time = parseTime(String(value));
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  switch (granularity) {
    case 'None':
    case 'Day':
      return day(startOf('DAY', 0, time));
    case 'Week':
      return day(startOf('WEEK', 0, time));
    case 'Month':
      return day(startOf('MONTH', 0, time));
    case 'Quarter':
    case 'FiscalQuarter':
      return day(startOf('QUARTER', 0, time));
    case 'Year':
    case 'FiscalYear':
      return new Date(time).getUTCFullYear();
    case 'MonthInYear':
      return new Date(time).getUTCMonth() + 1;
    case 'DayInMonth':
      return new Date(time).getUTCDate();
  }
}

function labelOf({ column, granularity }: GroupLevel, value: FieldValue | null, row: Row): string {
  if (value === null) return BLANK;
  if (column.type !== 'date' && column.type !== 'datetime') return column.show(row);
  const date = new Date(String(value));
  const shortDay = (moment: Date): string => moment.toLocaleDateString('en-US', { timeZone: 'UTC' });
  switch (granularity) {
    case 'None':
    case 'Day':
      return shortDay(date);
    case 'Week':
      return `${shortDay(date)} - ${shortDay(new Date(startOf('DAY', 6, date.getTime())))}`;
    case 'Month':
      return `${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
    case 'Quarter':
    case 'FiscalQuarter':
      return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${granularity === 'Quarter' ? 'CY' : 'FY'}${date.getUTCFullYear()}`;
    case 'MonthInYear':
      return months[Number(value) - 1] ?? '';
    default:
      return String(value);
  }
}
