import { AsyncLocalStorage } from 'node:async_hooks';

/** A few calls of the day are kept for what a person asks for, so that a connection can be looked at when all others are used. */
export type CallPurpose = 'person' | 'background';

const purposes = new AsyncLocalStorage<CallPurpose>();

/** Runs work that a person waits for. */
export function forPerson<Result>(work: () => Promise<Result>): Promise<Result> {
  return purposes.run('person', work);
}

/** For whom the present call is made. */
export function currentPurpose(): CallPurpose {
  return purposes.getStore() ?? 'background';
}
