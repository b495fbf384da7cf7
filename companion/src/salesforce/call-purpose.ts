import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A few calls of the day are kept for what a person asks for, so that a connection can still be looked at when the
 * export has used all others.
 */
export type CallPurpose = 'person' | 'background';

interface Errand {
  purpose: CallPurpose;
  calls: number;
}

const errands = new AsyncLocalStorage<Errand>();

/** Runs work that a person waits for. */
export function forPerson<Result>(work: () => Promise<Result>): Promise<Result> {
  return errands.run({ purpose: 'person', calls: 0 }, work);
}

/** For whom the present call is made. */
export function currentPurpose(): CallPurpose {
  return errands.getStore()?.purpose ?? 'background';
}

/** Notes that a call is made for the present errand. */
export function countCall(): void {
  const errand = errands.getStore();
  if (errand !== undefined) errand.calls++;
}

/** Calls that were made for the present errand so far. */
export function callsSoFar(): number {
  return errands.getStore()?.calls ?? 0;
}
