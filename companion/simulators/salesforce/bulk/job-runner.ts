import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { JobFailure } from './job-failure.ts';
import { changeJob, findJob, isOver, listJobs, type BulkJob } from './job-table.ts';
import { runIngestJob } from './run-ingest-job.ts';
import { runQueryJob } from './run-query-job.ts';

/**
 * Waits until a job may work on its next rows, which others may have ended meanwhile, and for longer where rows that
 * it wrote were held by somebody else.
 *
 * @returns the job as it is then, or null where it runs no more
 */
export type Turn = (rows: number, waitMs?: number) => Promise<BulkJob | null>;

/** Runs the org's jobs beside its requests, in small portions. */
export class JobRunner {
  readonly #org: SimulatedOrg;
  readonly #running = new Set<Promise<void>>();
  #stop = new AbortController();

  constructor(org: SimulatedOrg) {
    this.#org = org;
  }

  /** Starts a job; it begins after the request that starts it has been kept. */
  start(id: string): void {
    const { signal } = this.#stop;
    const work = this.#run(id, signal).catch((error: unknown) => {
      if (!signal.aborted) this.#fail(id, error);
    });
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** Goes on with the jobs that an earlier run of the simulator left. */
  resume(): void {
    for (const job of listJobs(this.#org)) {
      if (!isOver(job) && job.state !== 'Open') this.start(job.id);
    }
  }

  /** Leaves all jobs where they are: to be resumed by the next run, or to be forgotten with the records. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    await Promise.all(this.#running);
  }

  async #run(id: string, signal: AbortSignal): Promise<void> {
    const { store } = this.#org;
    // Even a pause of no time lets the requests go first that wait.
    const wait = (ms: number): Promise<void> => pause(ms, undefined, { signal });
    await wait(this.#org.settings.bulkStateMs);
    const job = findJob(this.#org, id);
    if (job === null || isOver(job) || job.state === 'Open') return;
    const started = changeJob(this.#org, id, { state: 'InProgress' });
    store.commit();
    const turn: Turn = async (rows, waitMs = 0) => {
      await wait(rows * this.#org.settings.bulkRowMs + waitMs);
      return this.#findRunning(id);
    };
    const run = started.jobType === 'V2Ingest' ? runIngestJob : runQueryJob;
    await run(this.#org, started, turn);
    await wait(this.#org.settings.bulkStateMs);
    if (this.#findRunning(id) !== null) changeJob(this.#org, id, { state: 'JobComplete' });
    store.commit();
  }

  #findRunning(id: string): BulkJob | null {
    const job = findJob(this.#org, id);
    return job?.state === 'InProgress' ? job : null;
  }

  #fail(id: string, error: unknown): void {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const errorMessage =
      error instanceof JobFailure ? error.message : `InternalServerError : The simulator failed: ${reason}`;
    this.#org.store.rollbackTo({ length: 0 });
    if (this.#findRunning(id) !== null) changeJob(this.#org, id, { state: 'Failed', errorMessage });
    this.#org.store.commit();
  }
}
