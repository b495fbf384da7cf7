import { EventEmitter } from 'node:events';
import { sql, type Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Reason } from '../outcome.ts';
import { recordAudit } from '../store/audit.ts';
import type { Tables } from '../store/tables.ts';
import type { ConnectionDirectory } from './connection-directory.ts';
import type { ConnectionState } from './connection.ts';

/** A change of state that was made, by this process. */
export interface StateChange {
  connectionId: string;
  from: ConnectionState;
  to: ConnectionState;
  /** Why, for a person; null where there is nothing to mend. */
  reason: Reason | null;
  actor: string;
  at: Date;
}

export interface WantedState {
  connectionId: string;
  to: ConnectionState;
  /** The states that it may be changed from; in any other nothing happens. */
  from: readonly ConnectionState[];
  reason?: Reason | null;
  /** Who changes it, as the audit log names them. */
  actor: string;
  /** What was done, as the audit log names it. */
  action: string;
  details?: Record<string, unknown>;
  /** What must change together with the state. */
  alongside?: (trx: Kysely<Tables>) => Promise<void>;
}

/** The states of all connections: nothing else changes them. */
export interface ConnectionStates {
  /** @returns false when the connection is in none of the states that it may be changed from */
  change(wanted: WantedState): Promise<boolean>;
  /**
   * Tells of each change that this process made, once it is committed.
   *
   * @returns a function that ends it
   */
  onChange(listener: (change: StateChange) => void): () => void;
}

export function openConnectionStates(options: {
  db: Kysely<Tables>;
  directory: ConnectionDirectory;
  log: Logger;
  kick: (connectionId: string) => void;
}): ConnectionStates {
  const { db, directory, log, kick } = options;
  const events = new EventEmitter<{ change: [StateChange] }>();
  events.setMaxListeners(100);

  async function change(wanted: WantedState): Promise<boolean> {
    const { connectionId, to, reason = null, actor, action } = wanted;
    const at = new Date();
    const changed = await db.transaction().execute((trx) => changeRow(trx, wanted, at));
    if (changed === undefined) return false;
    directory.forget(connectionId);
    const level = to === 'reconnect needed' ? 'error' : 'info';
    log[level](
      { connectionId, from: changed.from, to, ...(reason === null ? {} : { code: reason.code }) },
      action,
    );
    if (to === 'connected') kick(connectionId);
    try {
      if (changed.from !== to)
        events.emit('change', { connectionId, from: changed.from, to, reason, actor, at });
    } catch (error) {
      log.error({ connectionId, err: error }, 'a listener to state changes failed');
    }
    return true;
  }

  return {
    change,
    onChange(listener) {
      events.on('change', listener);
      return () => events.off('change', listener);
    },
  };
}

async function changeRow(
  trx: Kysely<Tables>,
  { connectionId, to, from, reason = null, actor, action, details, alongside }: WantedState,
  at: Date,
): Promise<{ from: ConnectionState } | undefined> {
  const { rows } = await sql<{ state: ConnectionState; code: string | null }>`
    select state, state_reason ->> 'code' as code from connection
    where connection_id = ${connectionId} for update`.execute(trx);
  const [before] = rows;
  if (before === undefined || !from.includes(before.state)) return undefined;
  // Each call that meets the same refusal tells of it; once is enough.
  const isKnown = before.state === to && before.code === (reason?.code ?? null);
  if (isKnown && alongside === undefined) return undefined;
  await alongside?.(trx);
  await sql`
    update connection set
      state = ${to}, state_reason = ${reason === null ? null : JSON.stringify(reason)}::json,
      state_since = case when state = ${to} then state_since else ${at}::timestamptz end,
      revision = revision + 1, hold_until = null, hold_failures = 0, hold_reason = null
    where connection_id = ${connectionId}`.execute(trx);
  await recordAudit(trx, {
    connectionId,
    actor,
    action,
    details: { from: before.state, to, ...(reason === null ? {} : { code: reason.code }), ...details },
  });
  return { from: before.state };
}
