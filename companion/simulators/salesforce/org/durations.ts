import { z } from 'zod';

/** The longest wait that a timer can keep, some 24 days; a longer one would end at once. */
const LONGEST_WAIT_IN_MS = 2 ** 31 - 1;
const HUNDRED_YEARS_IN_MINUTES = 100 * 366 * 24 * 60;

/** A wait. */
export const milliseconds = z.number().min(0).max(LONGEST_WAIT_IN_MS);

/** A time that something lives, within what dates can tell. */
export const minutes = z.number().min(0).max(HUNDRED_YEARS_IN_MINUTES);
