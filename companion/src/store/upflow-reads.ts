import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

/** How far a read of Upflow's customers is, or came. */
export interface UpflowRead {
  state: 'running' | 'done' | 'failed';
  read: number;
  /** Null until Upflow has said. */
  total: number | null;
  startedAt: Date;
  endedAt: Date | null;
  reason: Reason | null;
}

export async function findUpflowRead(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<UpflowRead | undefined> {
  const { rows } = await sql<UpflowRead>`
    select state, customers_read as read, total, started_at as "startedAt", ended_at as "endedAt", problem as reason
    from upflow_read where connection_id = ${connectionId}`.execute(db);
  return rows[0];
}

export async function beginUpflowRead(db: Kysely<Tables>, connectionId: string): Promise<void> {
  await sql`
    insert into upflow_read (connection_id, state) values (${connectionId}, 'running')
    on conflict (connection_id) do update set
      state = 'running', customers_read = 0, total = null, started_at = now(), ended_at = null, problem = null`.execute(
    db,
  );
}

export async function noteUpflowRead(
  db: Kysely<Tables>,
  connectionId: string,
  { read, total }: { read: number; total: number },
): Promise<void> {
  await sql`
    update upflow_read set customers_read = ${read}, total = ${total}
    where connection_id = ${connectionId}`.execute(db);
}

export async function endUpflowRead(
  db: Kysely<Tables>,
  connectionId: string,
  problem: Reason | null,
): Promise<void> {
  await sql`
    update upflow_read set state = ${problem === null ? 'done' : 'failed'}, ended_at = now(),
      problem = ${problem === null ? null : JSON.stringify(problem)}::json
    where connection_id = ${connectionId}`.execute(db);
}

/** Which of these customers are known, by a push or an earlier read. */
export async function findKnownCustomers(
  db: Kysely<Tables>,
  connectionId: string,
  customerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ customerId: string }>`
    select customer_id as "customerId" from customer
    where connection_id = ${connectionId} and customer_id = any(${[...customerIds]}::text[])`.execute(db);
  return new Set(rows.map(({ customerId }) => customerId));
}
