import { Worker } from 'node:worker_threads';
import type { IdentifierKind } from '../salesforce/identifier-value.ts';
import type { Counts, Decided, Entry, ReportRow } from './comparison.ts';

export interface Comparing {
  kind: IdentifierKind;
  decided: readonly Decided[];
}

export type ComparisonRequest =
  | { ask: 'customers' | 'accounts'; entries: readonly Entry[] }
  | { ask: 'counts' }
  | { ask: 'rows'; limit: number };

export interface ComparisonAnswer {
  value?: unknown;
  error?: string;
}

/** Customers whose Account a pair changes: who gets one, loses one, or gets another. */
export interface Moves {
  gain: number;
  lose: number;
  change: number;
}

/** A comparison on a thread of its own, so that a million of each side keep nobody waiting. */
export interface ComparisonApart {
  addCustomers(entries: readonly Entry[]): Promise<void>;
  addAccounts(entries: readonly Entry[]): Promise<void>;
  /** `moves` counts only where the label of each customer is the Account that carries its figures now. */
  count(): Promise<{ counts: Counts; moves: Moves; acceptable: number }>;
  /** The next rows; none after the last. */
  takeRows(limit: number): Promise<ReportRow[]>;
  close(): Promise<void>;
}

/** Starts a comparison; close it, whatever happens. */
export function compareApart(comparing: Comparing): ComparisonApart {
  const worker = new Worker(new URL('./comparison-worker.ts', import.meta.url), { workerData: comparing });
  const waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  let failure: Error | undefined;
  worker.on('message', ({ value, error }: ComparisonAnswer) => {
    const first = waiting.shift();
    if (error === undefined) first?.resolve(value);
    else first?.reject(new Error(error));
  });
  const fail = (error: Error) => {
    failure = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(failure ?? new Error('The comparison ended early')));

  const ask = (request: ComparisonRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      waiting.push({ resolve, reject });
      worker.postMessage(request);
    });
  // The next batch is read while this one is taken in: only the one before must be through.
  let taken: Promise<unknown> = Promise.resolve();
  const add = async (request: ComparisonRequest) => {
    await taken;
    taken = ask(request);
    taken.catch(() => undefined);
  };
  return {
    addCustomers: (entries) => add({ ask: 'customers', entries }),
    addAccounts: (entries) => add({ ask: 'accounts', entries }),
    async count() {
      await taken;
      return (await ask({ ask: 'counts' })) as Awaited<ReturnType<ComparisonApart['count']>>;
    },
    async takeRows(limit) {
      await taken;
      return (await ask({ ask: 'rows', limit })) as ReportRow[];
    },
    async close() {
      await worker.terminate();
    },
  };
}
