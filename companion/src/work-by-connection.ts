import type { Logger } from 'pino';
import type { PgBoss } from 'pg-boss';

export interface WorkByConnection {
  boss: PgBoss;
  log: Logger;
  /** No other process works on the same database. */
  isAlone: boolean;
  /** Aborted when the companion begins to stop. */
  stopping: AbortSignal;
}

export interface ConnectionWork {
  queue: string;
  /** Jobs of different connections that this process works on at once. */
  atOnce?: number;
  /** Seconds without a sign of life after which another process takes a job over. */
  heartbeatSeconds?: number;
  expireInSeconds?: number;
  /** What the log says of one that failed. */
  failure: string;
  work: (connectionId: string, signal: AbortSignal) => Promise<void>;
}

/**
 * Has a kind of long work done for one connection at a time, across all processes: at most one job waits and one runs
 * for each, so that no request is lost and none piles up.
 *
 * @returns what asks for it
 */
export async function workByConnection(
  { boss, log, isAlone, stopping }: WorkByConnection,
  { queue, atOnce = 1, heartbeatSeconds = 30, expireInSeconds = 3600, failure, work }: ConnectionWork,
): Promise<(connectionId: string) => Promise<void>> {
  if ((await boss.getQueue(queue)) === null) {
    const retention = { retryLimit: 2, retentionSeconds: 3600, deleteAfterSeconds: 600 };
    await boss.createQueue(queue, { ...retention, policy: 'stately', heartbeatSeconds, expireInSeconds });
  }
  // The embedded database has one process: what runs there now is left over from one that was killed.
  if (isAlone) await boss.deleteAllJobs(queue);
  const worker = await boss.work<{ connectionId: string }>(
    queue,
    { pollingIntervalSeconds: 2, localConcurrency: atOnce },
    async ([job]) => {
      if (job === undefined) return;
      const { connectionId } = job.data;
      await work(connectionId, AbortSignal.any([stopping, job.signal])).catch((error: unknown) => {
        if (!stopping.aborted) log.error({ err: error, connectionId }, failure);
        throw error;
      });
    },
  );
  return async (connectionId) => {
    await boss.send(queue, { connectionId }, { singletonKey: connectionId });
    boss.notifyWorker(worker);
  };
}
