import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

export const SWEEP_PHASES = ['customers', 'payments', 'invoices', 'figures', 'portal links'] as const;
export type SweepPhase = (typeof SWEEP_PHASES)[number];

/** How a connection's sweep is set, how far it is, and how the last one went. */
export interface Sweep {
  isOn: boolean;
  intervalHours: number;
  state: 'running' | 'done' | 'failed';
  whole: boolean;
  phase: SweepPhase | null;
  /** What was read of the present phase, and of how much; null until Upflow has said. */
  read: number;
  total: number | null;
  /** Customers that it entered. */
  changed: number;
  startedAt: Date;
  endedAt: Date | null;
  reason: Reason | null;
  lastWholeAt: Date | null;
  lastWholeSeconds: number | null;
  /** Somebody asked for a whole pass. */
  wanted: boolean;
}

/** @returns undefined where nothing was read or set yet */
export async function findSweep(db: Kysely<Tables>, connectionId: string): Promise<Sweep | undefined> {
  const { rows } = await sql<Sweep>`
    select is_on as "isOn", interval_hours as "intervalHours", state, whole, phase, customers_read as read, total,
      changed, started_at as "startedAt", ended_at as "endedAt", problem as reason,
      last_whole_at as "lastWholeAt", last_whole_seconds as "lastWholeSeconds", wanted
    from sweep where connection_id = ${connectionId}`.execute(db);
  return rows[0];
}

/** Sets how often the whole of Upflow is read, and whether it is at all. */
export async function setSweep(
  db: Kysely<Tables>,
  connectionId: string,
  { isOn, intervalHours }: Pick<Sweep, 'isOn' | 'intervalHours'>,
): Promise<void> {
  await sql`
    insert into sweep (connection_id, is_on, interval_hours, ended_at)
    values (${connectionId}, ${isOn}, ${intervalHours}, now())
    on conflict (connection_id) do update set is_on = excluded.is_on, interval_hours = excluded.interval_hours`.execute(
    db,
  );
}

/** Asks for a whole pass, whenever the next is due. */
export async function wantSweep(db: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`
    insert into sweep (connection_id, wanted) values (${connectionId}, true)
    on conflict (connection_id) do update set wanted = true`.execute(db);
}

export async function beginSweep(
  db: Kysely<Tables>,
  connectionId: string,
  { whole }: { whole: boolean },
): Promise<void> {
  await sql`
    insert into sweep (connection_id, state, whole) values (${connectionId}, 'running', ${whole})
    on conflict (connection_id) do update set
      state = 'running', whole = excluded.whole, phase = null, customers_read = 0, total = null, changed = 0,
      started_at = now(), ended_at = null, problem = null`.execute(db);
}

export async function noteSweep(
  db: Kysely<Tables>,
  connectionId: string,
  { phase, read, total, changed }: Pick<Sweep, 'phase' | 'read' | 'total' | 'changed'>,
): Promise<void> {
  await sql`
    update sweep set phase = ${phase}, customers_read = ${read}, total = ${total}, changed = ${changed}
    where connection_id = ${connectionId}`.execute(db);
}

/** Ends a pass. @param wholeSeconds what a whole pass took; undefined where it did not come through */
export async function endSweep(
  db: Kysely<Tables>,
  connectionId: string,
  { problem, wholeSeconds }: { problem: Reason | null; wholeSeconds?: number | undefined },
): Promise<void> {
  await sql`
    update sweep set state = ${problem === null ? 'done' : 'failed'}, ended_at = now(), phase = null,
      problem = ${problem === null ? null : JSON.stringify(problem)}::json
      ${
        wholeSeconds === undefined
          ? sql``
          : sql`, wanted = false, last_whole_at = started_at, last_whole_seconds = ${wholeSeconds}`
      }
    where connection_id = ${connectionId}`.execute(db);
}

/** The connections whose Upflow is looked at regularly: those that have keys, unless somebody switched it off. */
export async function findConnectionsToSweep(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.connection_id as id from connection c
    left join sweep s on s.connection_id = c.connection_id
    where c.upflow_credentials is not null and c.state <> 'disconnected' and coalesce(s.is_on, true)
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Customers that are not among these, a slice at a time: those that a complete list no longer has. */
export async function readLiveCustomerIds(
  db: Kysely<Tables>,
  connectionId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from customer
    where connection_id = ${connectionId} and customer_id > ${after} and state is not null
    order by customer_id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}
