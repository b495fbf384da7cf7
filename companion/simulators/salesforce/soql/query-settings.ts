import { z } from 'zod';
import { minutes } from '../org/durations.ts';

const TWO_DAYS_IN_MINUTES = 2 * 24 * 60;

/** How queries answer. */
export const querySettings = {
  /** Rows in a page of a query, where that is fewer than the client asked for. */
  queryPageSize: z.number().int().min(1).max(2000).default(2000),
  /** Children of one record in a page. The platform gives 199: its pages of 200 rows hold the record as well. */
  subqueryPageSize: z.number().int().min(1).max(2000).default(199),
  /** Pages of varying lengths, from one row to the usual number, as the platform reserves the right to give. */
  shortPages: z.boolean().default(false),
  /** How long the further pages of a query can be fetched. Salesforce documents two days. */
  queryLocatorMinutes: minutes.default(TWO_DAYS_IN_MINUTES),
  /** Unfinished queries of one user; of more, the oldest is dropped. */
  queryLocatorsPerUser: z.number().int().min(1).default(10),
  /** Rows of an object above which a query without an indexed condition runs into a time-out; null for never. */
  queryTimeoutRows: z.number().int().min(1).nullable().default(null),
  /** The time zone of date literals and `convertTimezone`; null for that of the user who asks. */
  queryTimeZone: z.string().refine(isTimeZone, 'No such time zone.').nullable().default(null),
  /** The month, from 1, in which the fiscal year of fiscal literals and functions begins. */
  fiscalYearStartMonth: z.number().int().min(1).max(12).default(1),
};

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
