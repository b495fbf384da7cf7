import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { giveUpflowTurnBack, restFromUpflow, takeUpflowTurn } from '../store/upflow-turns.ts';
import type { Tables } from '../store/tables.ts';

/** Upflow takes ten calls at once, and asks for no more than five from one that imports. */
const CALLS_AT_ONCE = 5;
/** Seconds by which a lease outlasts the call that it covers. */
const LEASE_MARGIN_IN_SECONDS = 10;

/** Who may call Upflow, and when. */
export interface UpflowTurns {
  /** Runs one exchange in its turn. @param customerId of the customer that it changes */
  take<Result>(
    exchange: () => Promise<Result>,
    customerId: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Result>;
  /** Leaves Upflow alone for so long. */
  rest(seconds: number): Promise<void>;
}

/** Keeps a connection's calls within Upflow's limits, over all processes. */
export function shareTurns(
  db: Kysely<Tables>,
  connectionId: string,
  { timeoutInMs, callsPerMinute }: { timeoutInMs: number; callsPerMinute: number },
): UpflowTurns {
  const inTurn = limitAtOnce(CALLS_AT_ONCE);
  const leaseInSeconds = timeoutInMs / 1000 + LEASE_MARGIN_IN_SECONDS;
  return {
    take: (exchange, customerId, signal) =>
      // Within this process nobody asks the database before there can be a turn.
      inTurn(async () => {
        const turnId = randomUUID();
        const wanted = { turnId, customerId, mostAtOnce: CALLS_AT_ONCE, callsPerMinute, leaseInSeconds };
        for (;;) {
          const wait = await takeUpflowTurn(db, connectionId, wanted);
          if (wait === 0) break;
          await delay(wait * 1000 * (1 + Math.random() / 2), undefined, signal && { signal });
        }
        try {
          return await exchange();
        } finally {
          await giveUpflowTurnBack(db, connectionId, turnId);
        }
      }),
    rest: (seconds) => restFromUpflow(db, connectionId, seconds),
  };
}

function limitAtOnce(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
