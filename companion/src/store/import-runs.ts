import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

/**
 * `changes`: what changed since the last run; `full`: everything is read and compared; `purge`: only what Upflow has to
 * be told is sent, such as after contacts were switched off; `removal`: the connection was ended.
 */
export const IMPORT_KINDS = ['changes', 'full', 'purge', 'removal'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
export const IMPORT_STATES = ['waiting', 'running', 'done', 'failed', 'stopped'] as const;
export const IMPORT_PHASES = ['accounts', 'contacts', 'owners', 'matching', 'sending'] as const;
export type ImportPhase = (typeof IMPORT_PHASES)[number];

/** How many of what, such as `contacts.read`. */
export type ImportCounts = Record<string, number>;

export interface ImportRun {
  id: string;
  kind: ImportKind;
  state: (typeof IMPORT_STATES)[number];
  phase: ImportPhase | null;
  /** Of the phase. */
  done: number;
  total: number | null;
  counts: ImportCounts;
  reason: Reason | null;
  startedBy: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

const columns = sql`run_id as id, kind, state, phase, done, total, counts, reason, started_by as "startedBy",
  created_at as "createdAt", started_at as "startedAt", ended_at as "endedAt"`;

/** Asks for a run. @returns undefined where one is waiting or running already */
export async function addImportRun(
  db: Kysely<Tables>,
  connectionId: string,
  { kind, by }: { kind: ImportKind; by: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into import_run (connection_id, run_id, kind, started_by)
    values (${connectionId}, ${randomUUID()}, ${kind}, ${by})
    on conflict do nothing returning run_id as id`.execute(db);
  return rows[0]?.id;
}

/** The run that is to be worked on, begun now if it was not. */
export async function beginImportRun(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<ImportRun | undefined> {
  const { rows } = await sql<ImportRun>`
    update import_run set state = 'running', started_at = coalesce(started_at, now())
    where connection_id = ${connectionId} and state in ('waiting', 'running')
    returning ${columns}`.execute(db);
  return rows[0];
}

/** Keeps how far a run is. */
export async function saveImportProgress(
  db: Kysely<Tables>,
  connectionId: string,
  run: Pick<ImportRun, 'id' | 'phase' | 'done' | 'total' | 'counts'>,
): Promise<void> {
  await sql`
    update import_run set phase = ${run.phase}, done = ${run.done}::int, total = ${run.total}::int,
      counts = ${JSON.stringify(run.counts)}::json
    where connection_id = ${connectionId} and run_id = ${run.id}`.execute(db);
}

/** Ends a run. @returns false where somebody ended it before */
export async function endImportRun(
  db: Kysely<Tables>,
  connectionId: string,
  runId: string,
  end: { state: 'done' | 'failed' | 'stopped'; reason?: Reason },
): Promise<boolean> {
  const { rows } = await sql`
    update import_run set state = ${end.state}, ended_at = now(),
      reason = ${end.reason === undefined ? null : JSON.stringify(end.reason)}::json
    where connection_id = ${connectionId} and run_id = ${runId} and state in ('waiting', 'running')
    returning run_id`.execute(db);
  return rows.length > 0;
}

/** Ends whatever run is under way: what it rests on has changed. */
export async function stopImportRuns(
  db: Kysely<Tables>,
  connectionId: string,
  reason: Reason,
): Promise<void> {
  await sql`
    update import_run set state = 'stopped', ended_at = now(), reason = ${JSON.stringify(reason)}::json
    where connection_id = ${connectionId} and state in ('waiting', 'running')`.execute(db);
}

/** The newest runs, newest first; those before a moment where one is given. */
export async function listImportRuns(
  db: Kysely<Tables>,
  connectionId: string,
  { limit = 20, before = null }: { limit?: number; before?: Date | null } = {},
): Promise<ImportRun[]> {
  const { rows } = await sql<ImportRun>`
    select ${columns} from import_run
    where connection_id = ${connectionId} and created_at < coalesce(${before}::timestamptz, 'infinity')
    order by created_at desc limit ${limit}`.execute(db);
  return rows;
}

export async function findImportRun(
  db: Kysely<Tables>,
  connectionId: string,
  runId: string,
): Promise<ImportRun | undefined> {
  const { rows } = await sql<ImportRun>`
    select ${columns} from import_run where connection_id = ${connectionId} and run_id = ${runId}::uuid`.execute(
    db,
  );
  return rows[0];
}

/** The connections with a run that waits, or that nobody works on any more. */
export async function findConnectionsToImport(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ connection_id: string }>`
    select r.connection_id from import_run r
    left join import_state s on s.connection_id = r.connection_id
    where r.state in ('waiting', 'running') and coalesce(s.lease_until, '-infinity') < now()`.execute(db);
  return rows.map(({ connection_id }) => connection_id);
}

/**
 * Asks for the regular run of each connection that is signed in and has its identifier, and for the removal of what a
 * connection left behind that was ended.
 */
export async function addDueImportRuns(db: Kysely<Tables>, by: string): Promise<void> {
  await sql`
    insert into import_run (connection_id, run_id, kind, started_by)
    select connection_id, gen_random_uuid(), 'changes', ${by} from connection
    where state = 'connected' and salesforce_origin is not null and identifier is not null
      and upflow_credentials is not null
    union all
    select s.connection_id, gen_random_uuid(), 'removal', ${by} from import_state s
    join connection c on c.connection_id = s.connection_id
    where s.removal and c.state <> 'connected'
    on conflict do nothing`.execute(db);
}

/** Asks for the removal of what a connection left behind that was just ended. @returns whether there is any */
export async function addRemovalRun(db: Kysely<Tables>, connectionId: string, by: string): Promise<boolean> {
  const { rows } = await sql`
    insert into import_run (connection_id, run_id, kind, started_by)
    select connection_id, gen_random_uuid(), 'removal', ${by} from import_state
    where connection_id = ${connectionId} and removal
    on conflict do nothing returning run_id`.execute(db);
  return rows.length > 0;
}

/** Forgets runs, and what they could not import, after the given days; what is so still today stays. */
export async function deleteOldImportRuns(db: Kysely<Tables>, days: number): Promise<void> {
  await sql`
    delete from import_skip where not present and at < now() - make_interval(days => ${days})`.execute(db);
  await sql`delete from import_run where ended_at < now() - make_interval(days => ${days})`.execute(db);
}

/** Frees imports of a process that no longer runs. Only where there can be no other process. */
export async function freeImportLeases(db: Kysely<Tables>): Promise<void> {
  await sql`
    update import_state set lease_id = null, lease_until = null where lease_id is not null`.execute(db);
}
