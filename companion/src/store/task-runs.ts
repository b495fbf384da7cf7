import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export interface TaskRun {
  task: string;
  startedAt: Date;
  endedAt: Date | null;
  /** The kind of the error that ended it. */
  problem: string | null;
}

/** Runs a regular task and keeps how it went, for those who look from whichever process. */
export async function recordTask(db: Kysely<Tables>, task: string, run: () => Promise<void>): Promise<void> {
  await sql`
    insert into task_run (task, started_at) values (${task}, now())
    on conflict (task) do update set started_at = now(), ended_at = null, problem = null`.execute(db);
  const end = (problem: string | null) =>
    sql`update task_run set ended_at = now(), problem = ${problem} where task = ${task}`.execute(db);
  try {
    await run();
  } catch (error) {
    await end(error instanceof Error ? error.name : 'Error').catch(() => undefined);
    throw error;
  }
  await end(null);
}

/** How the regular tasks went the last time. */
export async function readTaskRuns(db: Kysely<Tables>): Promise<TaskRun[]> {
  const { rows } = await sql<TaskRun>`
    select task, started_at as "startedAt", ended_at as "endedAt", problem from task_run`.execute(db);
  return rows;
}
