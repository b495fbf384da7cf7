import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { SharedIdentifier } from '../connect/connection.ts';
import type { Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

export const MATCH_JOB_KINDS = ['preview', 'advice', 'refresh'] as const;

/** Long work on matching, as any process sees it. */
export interface MatchJob {
  id: string;
  kind: (typeof MATCH_JOB_KINDS)[number];
  pair: SharedIdentifier | null;
  state: 'waiting' | 'running' | 'done' | 'failed';
  /** From 0 to 1. */
  progress: number;
  result: unknown;
  reason: Reason | null;
  createdAt: Date;
  endedAt: Date | null;
}

const columns = sql`job_id as id, kind, pair, state, progress, result, reason, created_at as "createdAt",
  ended_at as "endedAt"`;

/** Asks for work; where the same is asked for already and was not begun, that one. @returns its id */
export async function addMatchJob(
  db: Kysely<Tables>,
  connectionId: string,
  { kind, pair, by }: { kind: MatchJob['kind']; pair: SharedIdentifier | null; by: string },
): Promise<string> {
  const text = pair === null ? null : JSON.stringify(pair);
  const { rows } = await sql<{ id: string }>`
    with waiting as (
      select job_id from match_job
      where connection_id = ${connectionId} and kind = ${kind} and state = 'waiting'
        and pair::text is not distinct from ${text}::text limit 1),
    added as (
      insert into match_job (connection_id, job_id, kind, pair, requested_by)
      select ${connectionId}, ${randomUUID()}, ${kind}, ${text}::json, ${by}
      where not exists (select from waiting) returning job_id)
    select job_id as id from waiting union all select job_id from added`.execute(db);
  return rows[0]?.id ?? '';
}

/** The oldest work that has not ended; what runs already was left by a process that stopped. */
export async function takeMatchJob(db: Kysely<Tables>, connectionId: string): Promise<MatchJob | undefined> {
  const { rows } = await sql<MatchJob>`
    update match_job set state = 'running', progress = 0
    where connection_id = ${connectionId} and job_id = (
      select job_id from match_job where connection_id = ${connectionId} and ended_at is null
      order by created_at, job_id limit 1)
    returning ${columns}`.execute(db);
  return rows[0];
}

/** Keeps how far a job is. */
export async function saveMatchProgress(
  db: Kysely<Tables>,
  connectionId: string,
  jobId: string,
  progress: number,
): Promise<void> {
  await sql`
    update match_job set progress = ${progress}::float8
    where connection_id = ${connectionId} and job_id = ${jobId} and ended_at is null`.execute(db);
}

/** Ends a job with what it found, or with why it failed. */
export async function endMatchJob(
  db: Kysely<Tables>,
  connectionId: string,
  jobId: string,
  end: { result: unknown } | { reason: Reason },
): Promise<void> {
  const [state, result, reason] =
    'result' in end
      ? ['done', JSON.stringify(end.result), null]
      : ['failed', null, JSON.stringify(end.reason)];
  await sql`
    update match_job set state = ${state}, progress = 1, result = ${result}::json, reason = ${reason}::json,
      ended_at = now()
    where connection_id = ${connectionId} and job_id = ${jobId}`.execute(db);
}

/** The newest job of a kind, or one by its id. */
export async function findMatchJob(
  db: Kysely<Tables>,
  connectionId: string,
  kind: MatchJob['kind'],
  jobId?: string,
): Promise<MatchJob | undefined> {
  const { rows } = await sql<MatchJob>`
    select ${columns} from match_job
    where connection_id = ${connectionId} and kind = ${kind}
      and ${jobId === undefined ? sql`true` : sql`job_id::text = ${jobId}`}
    order by created_at desc, job_id limit 1`.execute(db);
  return rows[0];
}

/** The connections that have matching to do. */
export async function findConnectionsToMatch(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ connection_id: string }>`
    select connection_id from match_job where ended_at is null
    union
    select connection_id from matching where switching`.execute(db);
  return rows.map(({ connection_id }) => connection_id);
}

/** Forgets work that ended long ago. */
export async function deleteOldMatchJobs(db: Kysely<Tables>): Promise<void> {
  await sql`delete from match_job where ended_at < now() - interval '7 days'`.execute(db);
}
