import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { JobFailure } from './job-failure.ts';
import { changeJob, findJob, isOver, listJobs, type BulkJob } from './job-table.ts';
import { runIngestJob } from './run-ingest-job.ts';
import { runQueryJob } from './run-query-job.ts';

/**
 * Waits until a job may work on its next rows, which others may have ended meanwhile.
 *
 * @returns the job as it is then, or null where it runs no more
 */
export type Turn = (rows: number) => Promise<BulkJob | null>;

/** Runs the org's jobs beside its requests, in small portions. */
export class JobRunner {
  readonly #org: SimulatedOrg;
  readonly #running = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(org: SimulatedOrg) {
    this.#org = org;
  }

  /** Starts a job; it begins after the request that starts it has been kept. */
  start(id: string): void {
    if (this.#running.has(id)) return;
    const work = this.#run(id)
      .catch((error: unknown) => this.#fail(id, error))
      .finally(() => this.#running.delete(id));
    this.#running.set(id, work);
  }

  /** Goes on with the jobs that an earlier run of the simulator left. */
  resume(): void {
    for (const job of listJobs(this.#org)) {
      if (!isOver(job) && job.state !== 'Open') this.start(job.id);
    }
  }

  /** Leaves all jobs where they are, to be resumed by the next run. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running.values());
  }

  async #run(id: string): Promise<void> {
    const { settings, store } = this.#org;
    await this.#pause(settings.bulkStateMs);
    const job = findJob(this.#org, id);
    if (job === null || isOver(job) || job.state === 'Open') return;
    const started = changeJob(this.#org, id, { state: 'InProgress' });
    store.commit();
    const turn: Turn = async (rows) => {
      await this.#pause(rows * this.#org.settings.bulkRowMs);
      return this.#findRunning(id);
    };
    const run = started.jobType === 'V2Ingest' ? runIngestJob : runQueryJob;
    await run(this.#org, started, turn);
    await this.#pause(settings.bulkStateMs);
    if (this.#findRunning(id) !== null) changeJob(this.#org, id, { state: 'JobComplete' });
    store.commit();
  }

  #findRunning(id: string): BulkJob | null {
    const job = findJob(this.#org, id);
    return job?.state === 'InProgress' ? job : null;
  }

  /** Always lets waiting requests go first, however short the pause. */
  #pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stop.signal });
  }

  #fail(id: string, error: unknown): void {
    if (this.#stop.signal.aborted) return;
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const errorMessage =
      error instanceof JobFailure ? error.message : `InternalServerError : The simulator failed: ${reason}`;
    this.#org.store.rollbackTo({ length: 0 });
    if (this.#findRunning(id) !== null) changeJob(this.#org, id, { state: 'Failed', errorMessage });
    this.#org.store.commit();
  }
}
