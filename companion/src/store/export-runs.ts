import { sql, type Kysely } from 'kysely';
import type { Outcome } from '../outcome.ts';
import { recordRun } from './run-events.ts';
import type { Tables } from './tables.ts';

/** `mapping` is the run that a changed mapping brings about. */
export type RunKind = 'full' | 'selection' | 'mapping';
export type RunState = 'running' | 'paused' | 'done' | 'cancelled';

export interface ExportRun {
  id: string;
  kind: RunKind;
  state: RunState;
  total: number;
  /** Customers that came to an end, by how they ended. */
  counts: Partial<Record<Outcome, number>>;
  /** Accounts that a bulk job under way has tried, of customers whose end is not known yet. */
  inJob: number;
  startedAt: Date;
  startedBy: string;
  endedAt: Date | null;
  /** Seconds in which it was running. */
  seconds: number;
}

const columns = sql`run_id as id, kind, state, total, started_at as "startedAt", started_by as "startedBy",
  ended_at as "endedAt",
  extract(epoch from coalesce(paused_at, ended_at, now()) - started_at)::float8 - paused_seconds as seconds,
  (select coalesce(sum(processed), 0)::int from bulk_job j
    where j.connection_id = r.connection_id and j.run_id = r.run_id and j.lease_until > now()) as "inJob",
  (select coalesce(json_object_agg(outcome, customers), '{}') from export_run_outcome o
    where o.connection_id = r.connection_id and o.run_id = r.run_id) as counts`;

/** The newest runs of a connection, newest first. */
export async function listRuns(db: Kysely<Tables>, connectionId: string, limit = 50): Promise<ExportRun[]> {
  const { rows } = await sql<ExportRun>`
    select ${columns} from export_run r where connection_id = ${connectionId}
    order by started_at desc, run_id limit ${limit}`.execute(db);
  return rows;
}

export async function findRun(
  db: Kysely<Tables>,
  connectionId: string,
  runId: string,
): Promise<ExportRun | undefined> {
  const { rows } = await sql<ExportRun>`
    select ${columns} from export_run r where connection_id = ${connectionId} and run_id = ${runId}`.execute(
    db,
  );
  return rows[0];
}

export interface NewRun {
  id: string;
  kind: RunKind;
  startedBy: string;
  /** Customers of a selection. */
  customerIds?: readonly string[];
  /** Fields that are written anew; all of them where nothing is said. */
  forgetFields?: readonly string[];
}

/**
 * Begins a run over all customers that exist in Upflow, or those of a selection.
 *
 * @returns the customers it has to go through; undefined when another one goes through all customers already
 */
export async function insertRun(
  db: Kysely<Tables>,
  connectionId: string,
  { id, kind, startedBy, customerIds, forgetFields }: NewRun,
): Promise<number | undefined> {
  const wanted =
    customerIds === undefined ? sql`true` : sql`customer_id = any(${[...customerIds].toSorted()}::text[])`;
  const { rows } = await sql<{ total: number }>`
    with chosen as (
      select customer_id from customer
      where connection_id = ${connectionId} and state is not null and ${wanted})
    insert into export_run (connection_id, run_id, kind, customer_ids, forget_fields, total, started_by)
    select ${connectionId}, ${id}, ${kind},
      ${customerIds === undefined ? sql`null` : sql`(select array_agg(customer_id) from chosen)`},
      ${forgetFields === undefined ? null : JSON.stringify(forgetFields)}::json,
      (select count(*)::int from chosen), ${startedBy}
    on conflict (connection_id) where kind <> 'selection' and state in ('running', 'paused') do nothing
    returning total`.execute(db);
  return rows[0]?.total;
}

/** The run over all customers that has not ended, if there is one. */
export async function findOpenRun(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<{ id: string; kind: RunKind } | undefined> {
  const { rows } = await sql<{ id: string; kind: RunKind }>`
    select run_id as id, kind from export_run
    where connection_id = ${connectionId} and kind <> 'selection' and state in ('running', 'paused')`.execute(
    db,
  );
  return rows[0];
}

/** The run to work on: a selection first, because it is short; then the oldest. */
export async function findRunningRun(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<{ id: string; kind: RunKind; outstanding: number } | undefined> {
  const { rows } = await sql<{ id: string; kind: RunKind; outstanding: number }>`
    select run_id as id, kind, (
      select count(*)::int from customer c
      where c.connection_id = r.connection_id and c.run_id = r.run_id) as outstanding
    from export_run r where connection_id = ${connectionId} and state = 'running'
    order by kind = 'selection' desc, started_at limit 1`.execute(db);
  return rows[0];
}

/**
 * Has the next customers of a run written, in the order of their ids.
 *
 * @returns how many; 0 when the run went through all of them, or is not running any more
 */
export async function feedRun(
  db: Kysely<Tables>,
  connectionId: string,
  runId: string,
  limit: number,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ cursor: string; customerIds: string[] | null }>`
      select cursor, customer_ids as "customerIds" from export_run
      where connection_id = ${connectionId} and run_id = ${runId} and state = 'running' for update`.execute(
      trx,
    );
    const [run] = rows;
    if (run === undefined) return 0;
    const isChosen =
      run.customerIds === null ? sql`true` : sql`customer_id = any(${run.customerIds}::text[])`;
    const fed = await sql<{ customerId: string }>`
      with slice as (
        select customer_id from customer
        where connection_id = ${connectionId} and customer_id > ${run.cursor} and state is not null and ${isChosen}
        order by customer_id limit ${limit} for update)
      update customer c
      set run_id = ${runId}, run_waits = c.run_waits or c.dirty_at is null, dirty_at = coalesce(c.dirty_at, now()),
        version = c.version + 1, attempts = 0, next_attempt_at = null
      from slice where c.connection_id = ${connectionId} and c.customer_id = slice.customer_id
      returning c.customer_id as "customerId"`.execute(trx);
    await sql`
      update export_run set cursor = coalesce((
        select max(d.id) from unnest(${fed.rows.map(({ customerId }) => customerId)}::text[]) as d(id)), cursor)
      where connection_id = ${connectionId} and run_id = ${runId}`.execute(trx);
    return fed.rows.length;
  });
}

/** Counts how customers of runs ended; before they are settled, in the same transaction. */
export async function countRunOutcomes(
  trx: Kysely<Tables>,
  connectionId: string,
  done: { customerId: string; version: number; outcome: Outcome }[],
): Promise<void> {
  await sql`
    insert into export_run_outcome (connection_id, run_id, outcome, customers)
    select c.connection_id, c.run_id, d.outcome, count(*)::int
    from unnest(
      ${done.map(({ customerId }) => customerId)}::text[], ${done.map(({ version }) => version)}::int[],
      ${done.map(({ outcome }) => outcome)}::text[]
    ) as d(customer_id, version, outcome)
    join customer c on c.connection_id = ${connectionId} and c.customer_id = d.customer_id and c.version = d.version
    where c.run_id is not null
    group by c.connection_id, c.run_id, d.outcome order by c.run_id, d.outcome
    on conflict (connection_id, run_id, outcome)
    do update set customers = export_run_outcome.customers + excluded.customers`.execute(trx);
}

/** Tells those who watch the connection what became of a run, and how far it is. */
export async function tellRun(trx: Kysely<Tables>, connectionId: string, runId: string): Promise<void> {
  const run = await findRun(trx, connectionId, runId);
  if (run === undefined) return;
  const { state, startedBy, counts } = run;
  await recordRun(trx, connectionId, { work: 'export', runId, state, startedBy, counts });
}

/** Ends a run that went through all its customers. */
export async function finishRun(db: Kysely<Tables>, connectionId: string, runId: string): Promise<boolean> {
  const { rows } = await sql`
    update export_run r set state = 'done', ended_at = now(), total = (
      select coalesce(sum(customers), 0)::int from export_run_outcome o
      where o.connection_id = r.connection_id and o.run_id = r.run_id)
    where connection_id = ${connectionId} and run_id = ${runId} and state = 'running' and not exists (
      select from customer c where c.connection_id = r.connection_id and c.run_id = r.run_id)
    returning run_id`.execute(db);
  return rows.length > 0;
}

/** @returns false when the run is not running */
export async function pauseRun(db: Kysely<Tables>, connectionId: string, runId: string): Promise<boolean> {
  const { rows } = await sql`
    update export_run set state = 'paused', paused_at = now()
    where connection_id = ${connectionId} and run_id = ${runId} and state = 'running' returning run_id`.execute(
    db,
  );
  return rows.length > 0;
}

/** @returns false when the run is not paused */
export async function resumeRun(db: Kysely<Tables>, connectionId: string, runId: string): Promise<boolean> {
  const { rows } = await sql`
    update export_run
    set state = 'running', paused_seconds = paused_seconds + extract(epoch from now() - paused_at), paused_at = null
    where connection_id = ${connectionId} and run_id = ${runId} and state = 'paused' returning run_id`.execute(
    db,
  );
  return rows.length > 0;
}

/**
 * Ends a run early: what is under way is finished, the rest of its customers is left as it is.
 *
 * @returns false when the run has ended already
 */
export async function cancelRun(db: Kysely<Tables>, connectionId: string, runId: string): Promise<boolean> {
  const { rows } = await sql`
    update export_run set state = 'cancelled', ended_at = now(),
      paused_seconds = paused_seconds + coalesce(extract(epoch from now() - paused_at), 0), paused_at = null
    where connection_id = ${connectionId} and run_id = ${runId} and state in ('running', 'paused')
    returning run_id`.execute(db);
  await sql`
    with left_over as (
      select customer_id from customer where connection_id = ${connectionId} and run_id = ${runId}
      order by customer_id for update)
    update customer c set run_id = null, run_waits = false, dirty_at = case when c.run_waits then null else c.dirty_at end
    from left_over l where c.connection_id = ${connectionId} and c.customer_id = l.customer_id`.execute(db);
  return rows.length > 0;
}
