import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export interface TurnWanted {
  turnId: string;
  /** Set for a write: no other write of this customer is then under way. */
  customerId: string | undefined;
  mostAtOnce: number;
  callsPerMinute: number;
  /** Longer than the call can take. */
  leaseInSeconds: number;
}

/**
 * Takes a turn to call Upflow, shared by all processes.
 *
 * @returns 0 when it was taken, else the seconds after which to look again
 */
export async function takeUpflowTurn(
  db: Kysely<Tables>,
  connectionId: string,
  { turnId, customerId, mostAtOnce, callsPerMinute, leaseInSeconds }: TurnWanted,
): Promise<number> {
  const { rows } = await sql<{ wait: number }>`
    select take_upflow_turn(${connectionId}, ${turnId}::uuid, ${customerId ?? null}::text, ${mostAtOnce}::int,
      ${callsPerMinute}::int, ${leaseInSeconds}::float8) as wait`.execute(db);
  return rows[0]?.wait ?? 0;
}

export async function giveUpflowTurnBack(
  db: Kysely<Tables>,
  connectionId: string,
  turnId: string,
): Promise<void> {
  await sql`
    delete from upflow_turn where connection_id = ${connectionId} and turn_id = ${turnId}::uuid`.execute(db);
}

/** Has all processes leave Upflow alone for so long, because it said that it is asked too often. */
export async function restFromUpflow(
  db: Kysely<Tables>,
  connectionId: string,
  seconds: number,
): Promise<void> {
  await sql`
    update upflow_pace
    set rest_until = greatest(rest_until, clock_timestamp() + make_interval(secs => ${seconds}::float8))
    where connection_id = ${connectionId}`.execute(db);
}
