import { sql, type Kysely } from 'kysely';
import { recordActivity } from './activity.ts';
import type { Tables } from './tables.ts';

/** The long works on a connection, of which each run is told. */
export const RUN_WORKS = ['export', 'import', 'sweep', 'drift audit'] as const;

/** How far a run is, or how it ended. */
export interface RunEvent {
  work: (typeof RUN_WORKS)[number];
  runId: string;
  state: string;
  /** Null where nobody asked for it. */
  startedBy: string | null;
  counts: Readonly<Record<string, number>>;
  /** Why it did not come to its end. */
  code?: string | undefined;
}

/** Tells those who watch a connection of a run. */
export function recordRun(db: Kysely<Tables>, connectionId: string, run: RunEvent): Promise<void> {
  return recordActivity(db, connectionId, 'run', [{ ...run }]);
}

/** The runs of the last days, each as it was told of last; the newest first. @param before an id of this list */
export async function listRunEvents(
  db: Kysely<Tables>,
  connectionId: string,
  limit: number,
  before?: number,
): Promise<(RunEvent & { id: number; at: Date })[]> {
  const { rows } = await sql<{ id: number; at: Date; data: RunEvent }>`
    select activity_id::float8 as id, at, data from (
      select distinct on (data->>'runId') activity_id, at, data from activity
      where connection_id = ${connectionId} and kind = 'run'
      order by data->>'runId', activity_id desc) as run
    where ${before === undefined ? sql`true` : sql`activity_id < ${before}`}
    order by activity_id desc limit ${limit}`.execute(db);
  return rows.map(({ id, at, data }) => ({ ...data, id, at }));
}
