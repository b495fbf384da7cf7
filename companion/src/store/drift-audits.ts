import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import { recordRun } from './run-events.ts';
import type { Tables } from './tables.ts';

export const DRIFT_SCHEDULES = ['off', 'daily', 'weekly'] as const;
export type DriftSchedule = (typeof DRIFT_SCHEDULES)[number];
export const DRIFT_STATES = ['waiting', 'running', 'done', 'failed', 'refused'] as const;

/** What an audit counted. */
export interface DriftCounts {
  /** Linked Accounts. */
  total: number;
  compared: number;
  /** Their customers are being written, or wait for a person. */
  leftOut: number;
  drifted: number;
  gone: number;
  calls: number;
  /** Drifted Accounts by field. */
  counts: Record<string, number>;
}

export interface DriftAudit extends DriftCounts {
  id: string;
  state: (typeof DRIFT_STATES)[number];
  /** The audit whose Accounts this one looks at again. */
  ofAudit: string | null;
  requestedBy: string;
  requestedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  reason: Reason | null;
  attempt: number;
  /** Where a page that ends here goes on. */
  place: string;
}

const columns = sql`audit_id as id, state, of_audit as "ofAudit", requested_by as "requestedBy",
  requested_at as "requestedAt", started_at as "startedAt", ended_at as "endedAt", total, compared,
  left_out as "leftOut", drifted, gone, calls, counts, reason, attempt, requested_at::text as place`;

const EVERY = sql`case schedule when 'weekly' then interval '7 days' else interval '1 day' end`;

/** Asks for an audit. @returns undefined where one is waiting or running already */
export async function addAudit(
  db: Kysely<Tables>,
  connectionId: string,
  { by, ofAudit = null }: { by: string; ofAudit?: string | null },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into drift_audit (connection_id, audit_id, of_audit, requested_by)
    values (${connectionId}, ${randomUUID()}, ${ofAudit}, ${by})
    on conflict (connection_id) where ended_at is null do nothing returning audit_id as id`.execute(db);
  return rows[0]?.id;
}

/** Asks for the audits that are due; of a connection that exports since now, the first a day later. */
export async function addDueAudits(db: Kysely<Tables>, by: string): Promise<void> {
  await sql`
    insert into drift_setting (connection_id, next_at)
    select connection_id, now() + interval '1 day' from connection c
    where exporting and not exists (select from drift_setting s where s.connection_id = c.connection_id)
    on conflict do nothing`.execute(db);
  await sql`
    with due as (
      update drift_setting s set next_at = greatest(next_at + ${EVERY}, now() + ${EVERY} / 2) from connection c
      where s.connection_id = c.connection_id and s.schedule <> 'off' and s.next_at <= now()
        and c.exporting and c.state = 'connected'
      returning s.connection_id)
    insert into drift_audit (connection_id, audit_id, requested_by)
    select connection_id, gen_random_uuid(), ${by} from due
    on conflict (connection_id) where ended_at is null do nothing`.execute(db);
}

/** The connections that have an audit to do. */
export async function findConnectionsToAudit(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ connection_id: string }>`
    select connection_id from drift_audit where ended_at is null`.execute(db);
  return rows.map(({ connection_id }) => connection_id);
}

/** The audit that is to be worked on, begun anew: what an earlier beginning kept of it is not counted. */
export async function beginAudit(db: Kysely<Tables>, connectionId: string): Promise<DriftAudit | undefined> {
  const { rows } = await sql<DriftAudit>`
    update drift_audit set state = 'running', attempt = attempt + 1, started_at = now(), total = 0, compared = 0,
      left_out = 0, drifted = 0, gone = 0, counts = '{}'
    where connection_id = ${connectionId} and ended_at is null returning ${columns}`.execute(db);
  for (const audit of rows) await tellAudit(db, connectionId, audit);
  return rows[0];
}

/** Keeps what an audit counted so far. @returns false when it was begun anew elsewhere, or has ended */
export async function saveDriftCounts(
  trx: Kysely<Tables>,
  connectionId: string,
  { id, attempt }: { id: string; attempt: number },
  { total, compared, leftOut, drifted, gone, calls, counts }: DriftCounts,
): Promise<boolean> {
  const { rows } = await sql`
    update drift_audit set total = ${total}, compared = ${compared}, left_out = ${leftOut}, drifted = ${drifted},
      gone = ${gone}, calls = ${calls}, counts = ${JSON.stringify(counts)}::json
    where connection_id = ${connectionId} and audit_id = ${id} and attempt = ${attempt} and state = 'running'
    returning audit_id`.execute(trx);
  return rows.length > 0;
}

/** Ends an audit, with why where it did not come to its end, and tells those who watch. */
export async function endAudit(
  db: Kysely<Tables>,
  connectionId: string,
  { id, attempt }: { id: string; attempt: number },
  state: 'done' | 'failed' | 'refused',
  reason: Reason | null,
): Promise<void> {
  const { rows } = await sql<DriftAudit>`
    update drift_audit set state = ${state}, ended_at = now(),
      reason = ${reason === null ? null : JSON.stringify(reason)}::json
    where connection_id = ${connectionId} and audit_id = ${id} and attempt = ${attempt}
      and ended_at is null
    returning ${columns}`.execute(db);
  for (const audit of rows) await tellAudit(db, connectionId, audit);
}

function tellAudit(db: Kysely<Tables>, connectionId: string, audit: DriftAudit): Promise<void> {
  const { id: runId, state, requestedBy: startedBy, compared, drifted, gone, reason } = audit;
  const run = { work: 'drift audit', runId, state, startedBy, counts: { compared, drifted, gone } } as const;
  return recordRun(db, connectionId, { ...run, code: reason?.code });
}

/** One page of the audits of a connection, newest first. */
export async function listAudits(
  db: Kysely<Tables>,
  connectionId: string,
  limit: number,
  after?: readonly [requestedAt: string, id: string],
): Promise<DriftAudit[]> {
  const { rows } = await sql<DriftAudit>`
    select ${columns} from drift_audit
    where connection_id = ${connectionId}
      ${after === undefined ? sql`` : sql`and (requested_at, audit_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by requested_at desc, audit_id desc limit ${limit}`.execute(db);
  return rows;
}

export async function findAudit(
  db: Kysely<Tables>,
  connectionId: string,
  auditId: string,
): Promise<DriftAudit | undefined> {
  const { rows } = await sql<DriftAudit>`
    select ${columns} from drift_audit
    where connection_id = ${connectionId} and audit_id = ${auditId}`.execute(db);
  return rows[0];
}

export interface DriftSetting {
  schedule: DriftSchedule;
  nextAt: Date | null;
}

export async function readDriftSetting(db: Kysely<Tables>, connectionId: string): Promise<DriftSetting> {
  const { rows } = await sql<DriftSetting>`
    select schedule, case when schedule <> 'off' then next_at end as "nextAt" from drift_setting
    where connection_id = ${connectionId}`.execute(db);
  return rows[0] ?? { schedule: 'daily', nextAt: null };
}

/** Sets how often a connection is audited; the next time is a whole interval away. */
export async function saveDriftSetting(
  trx: Kysely<Tables>,
  connectionId: string,
  schedule: DriftSchedule,
): Promise<void> {
  await sql`
    insert into drift_setting as s (connection_id, schedule, next_at)
    values (${connectionId}, ${schedule}, now() + case ${schedule} when 'weekly' then interval '7 days' else interval '1 day' end)
    on conflict (connection_id) do update set schedule = excluded.schedule, next_at = excluded.next_at
    where s.schedule <> excluded.schedule`.execute(trx);
}

/** Forgets the rows of audits after the given days, and the audits themselves after a year. */
export async function deleteOldAudits(db: Kysely<Tables>, days: number): Promise<void> {
  for (;;) {
    const { numAffectedRows } = await sql`
      delete from drift_row where ctid = any(array(
        select r.ctid from drift_audit a
        join drift_row r on r.connection_id = a.connection_id and r.audit_id = a.audit_id
        where a.ended_at < now() - make_interval(days => ${days}) limit 5000))`.execute(db);
    if (Number(numAffectedRows ?? 0) < 5000) break;
  }
  await sql`delete from drift_audit where ended_at < now() - interval '1 year'`.execute(db);
}
