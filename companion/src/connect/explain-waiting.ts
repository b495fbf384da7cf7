import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Tables } from '../store/tables.ts';
import type { ConnectionState } from './connection.ts';

/** Why nothing is written for a connection now, and until when; null where a person ends it, not time. */
export interface Waiting {
  until: Date | null;
  reason: Reason;
}

interface Row {
  state: ConnectionState;
  stateReason: Reason | null;
  exporting: boolean;
  hasIdentifier: boolean;
  until: Date | null;
  holdReason: Reason | null;
}

/** What the pushes of a connection wait for. @returns undefined where they are being written */
export async function explainWaiting(db: Kysely<Tables>, connectionId: string): Promise<Waiting | undefined> {
  const { rows } = await sql<Row>`
    select state, state_reason as "stateReason", exporting, identifier is not null as "hasIdentifier",
      case when hold_until > now() then hold_until end as until, hold_reason as "holdReason"
    from connection where connection_id = ${connectionId}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const standing = explainState(row);
  if (standing !== undefined) return { until: null, reason: standing };
  return row.until === null || row.holdReason === null
    ? undefined
    : { until: row.until, reason: row.holdReason };
}

function explainState({ state, stateReason, exporting, hasIdentifier }: Row): Reason | undefined {
  if (state === 'reconnect needed') return stateReason ?? REASONS[state];
  if (state !== 'connected') return REASONS[state];
  if (!hasIdentifier) return NO_IDENTIFIER;
  return exporting ? undefined : NOT_EXPORTING;
}

const REASONS: Record<Exclude<ConnectionState, 'connected'>, Reason> = {
  'reconnect needed': {
    code: 'reconnect-needed',
    message: 'The connection to Salesforce is lost.',
    explanation: 'Pushes are kept, and written once the connection is back.',
    action: 'Connect to Salesforce again.',
  },
  paused: {
    code: 'paused',
    message: 'The connection is paused.',
    explanation: 'Pushes are kept, and written once it goes on.',
    action: 'Resume the connection.',
  },
  disconnected: {
    code: 'disconnected',
    message: 'The connection is not connected to Salesforce.',
    explanation: 'Pushes are kept, and written once it is.',
    action: 'Connect to Salesforce.',
  },
};

const NO_IDENTIFIER: Reason = {
  code: 'no-identifier',
  message: 'No shared identifier is chosen.',
  explanation: 'Without one nobody knows which customer is which Account. Pushes are kept.',
  action: 'Choose the shared identifier.',
};

const NOT_EXPORTING: Reason = {
  code: 'not-exporting',
  message: 'The first full export was not started yet.',
  explanation: 'Pushes are kept until then.',
  action: 'Start the first full export.',
};
