import type { Kysely } from 'kysely';
import {
  saveImportProgress,
  type ImportCounts,
  type ImportPhase,
  type ImportRun,
} from '../store/import-runs.ts';
import type { Tables } from '../store/tables.ts';

/** How far a run is and what it counted; kept together with the work, so that none is counted twice or lost. */
export class Tally {
  readonly counts: ImportCounts;
  readonly #runId: string;
  readonly #connectionId: string;
  #phase: ImportPhase | null;
  #done = 0;
  #total: number | null = null;

  constructor(connectionId: string, { id, counts, phase }: ImportRun) {
    this.#connectionId = connectionId;
    this.#runId = id;
    this.#phase = phase;
    this.counts = { ...counts };
  }

  /** Begins a phase; what an earlier attempt counted of it is begun anew. */
  begin(phase: ImportPhase, counted: readonly string[] = []): void {
    this.#phase = phase;
    this.#done = 0;
    this.#total = null;
    for (const name of counted) this.counts[name] = 0;
  }

  expect(total: number): void {
    this.#total = total;
  }

  advance(done: number): void {
    this.#done += done;
  }

  add(name: string, count = 1): void {
    if (count > 0) this.counts[name] = (this.counts[name] ?? 0) + count;
  }

  async save(db: Kysely<Tables>): Promise<void> {
    await saveImportProgress(db, this.#connectionId, {
      id: this.#runId,
      phase: this.#phase,
      done: this.#done,
      total: this.#total === null ? null : Math.max(this.#total, this.#done),
      counts: this.counts,
    });
  }
}
