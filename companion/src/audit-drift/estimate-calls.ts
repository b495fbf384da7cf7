import { ACCOUNTS_PER_CALL } from './read-shown.ts';

/** What a bulk job costs besides its pages: made, asked for how far it is, deleted. */
const CALLS_PER_JOB = 15;
const ROWS_PER_PAGE = 50_000;

/** API calls that an audit of so many Accounts takes at most, the description of the org included. */
export function estimateCalls(accounts: number, mostPlain: number): number {
  const reading =
    accounts > mostPlain
      ? CALLS_PER_JOB + Math.ceil(accounts / ROWS_PER_PAGE)
      : Math.ceil(accounts / ACCOUNTS_PER_CALL);
  return reading + 2;
}
